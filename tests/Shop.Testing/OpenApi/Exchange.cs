namespace Shop.Testing.OpenApi;

/// <summary>A request and its answer, read to the end.</summary>
public sealed record Exchange(
    string Method,
    string Path,
    string Query,
    IReadOnlyDictionary<string, string> RequestHeaders,
    byte[] RequestBody,
    int Status,
    IReadOnlyDictionary<string, string> Headers,
    byte[] Body)
{
    public static async Task<Exchange> ReadAsync(HttpRequestMessage request, byte[] requestBody, HttpResponseMessage response) => new(
        request.Method.Method,
        request.RequestUri!.AbsolutePath,
        request.RequestUri.Query,
        Join(request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)),
        requestBody,
        (int)response.StatusCode,
        Join(response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)),
        await response.Content.ReadAsByteArrayAsync());

    /// <summary>Without parameters, such as the charset.</summary>
    public string? ContentType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0].Trim();

    private static Dictionary<string, string> Join(IEnumerable<KeyValuePair<string, System.Net.Http.Headers.HeaderStringValues>> headers) =>
        headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
}
