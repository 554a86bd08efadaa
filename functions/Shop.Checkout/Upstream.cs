using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.Lambda;
using Shop.Lambda.Resilience;

namespace Shop.Checkout;

/// <summary>Calls another API of the store: no usable answer is a <see cref="DependencyUnavailableException"/>.</summary>
internal static class Upstream
{
    private const int Attempts = 2;

    /// <summary>Sends once more when nothing answered. Only for requests that may be repeated: reads, and writes with an idempotency key.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        HttpClient http, Circuit circuit, string name, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        circuit.RunAsync(() => SendAsync(http, name, request, cancellationToken));

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, string name, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var message = request();
                return await http.SendAsync(message, cancellationToken);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // Most likely a pooled connection to machines that are gone.
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new DependencyUnavailableException(name, $"The {name} API did not answer: {e.Message}", e);
            }
        }
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw Unexpected(response, name, e);
        }
    }

    public static DependencyUnavailableException Unexpected(HttpResponseMessage response, string name, Exception? inner = null) =>
        new(name, $"The {name} API answered {(int)response.StatusCode} {response.Content.Headers.ContentType?.MediaType}.", inner);
}
