using System.Text.Json;

namespace Shop.Testing;

/// <summary>Reads bodies that are already in memory.</summary>
public static class HttpAnswers
{
    public static Task<string> ReadTextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    public static Task<byte[]> ReadBytesAsync(this HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync();

    public static async Task<JsonElement> ReadJsonAsync(this HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }
}
