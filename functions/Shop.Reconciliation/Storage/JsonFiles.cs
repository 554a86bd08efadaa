using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.Lambda;

namespace Shop.Reconciliation.Storage;

internal static class JsonFiles
{
    public static async Task PutJsonAsync<T>(
        this IReportFiles files, string key, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type));
        await files.PutAsync(key, content, "application/json", cancellationToken);
    }

    /// <summary>The content, or null when there is no such key.</summary>
    public static async Task<T?> FindJsonAsync<T>(this IReportFiles files, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        await using var content = await files.OpenAsync(key, cancellationToken);
        return content is null ? null : await JsonSerializer.DeserializeAsync(content, type, cancellationToken);
    }

    public static async Task<T> GetJsonAsync<T>(this IReportFiles files, string key, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var content = await files.OpenAsync(key, cancellationToken)
            ?? throw new ShopException("Shop.EvidenceIncomplete", $"{key} has not been written.");
        return await JsonSerializer.DeserializeAsync(content, type, cancellationToken)
            ?? throw new ShopException("Shop.EvidenceIncomplete", $"{key} is empty.");
    }
}
