using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Shop.Rehearsal.Tests.AwsJson;

/// <summary>Calls an API as an SDK would, without signing.</summary>
internal static class AwsJsonClient
{
    public static async Task<(int Status, JsonElement Body)> CallAsync(
        this HttpClient http, Uri address, string target, string body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await http.SendAsync(request, cancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return ((int)response.StatusCode, document.RootElement.Clone());
    }
}
