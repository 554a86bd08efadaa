using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Polly.Timeout;

namespace Shop.Ui.Backends;

/// <summary>What the typed clients share: one meaning of "unavailable", and JSON by generated metadata.</summary>
public abstract class BackendClient(HttpClient http)
{
    protected async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (IsUnavailable(e, cancellationToken))
        {
            throw new BackendUnavailableException($"{GetType().Name}: {e.Message}", e);
        }

        if (!IsUnavailable(response.StatusCode))
        {
            return response;
        }

        response.Dispose();
        throw new BackendUnavailableException($"{GetType().Name}: {(int)response.StatusCode}");
    }

    /// <summary>The answer's body, or null when the back-end says 404.</summary>
    protected async Task<T?> FindAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, type, cancellationToken);
    }

    protected async Task<Listed<T>> ListAsync<T>(string path, JsonTypeInfo<List<T>> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        var items = await ReadAsync(response, type, cancellationToken);
        int? total = response.Headers.TryGetValues("X-Total-Count", out var values)
            && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
        return new Listed<T>(items, total);
    }

    protected static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(type, cancellationToken)
            ?? throw new InvalidDataException($"{response.RequestMessage?.RequestUri?.AbsolutePath} answered null.");
    }

    protected static JsonContent Json<T>(T value, JsonTypeInfo<T> type) => JsonContent.Create(value, type);

    internal static bool IsUnavailable(HttpStatusCode status) => (int)status is 502 or 503 or 504;

    internal static bool IsUnavailable(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or TimeoutRejectedException or IOException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
