using System.Net.Http.Headers;
using System.Text;

namespace Shop.Lambda.Runtime;

/// <summary>The Runtime API by a client that was handed in: tests run several functions in one process.</summary>
internal sealed class HttpClientTransport(HttpClient http) : IRuntimeApiTransport
{
    public ValueTask<RuntimeApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, RuntimeApiClient.Version + path), cancellationToken);

    public ValueTask<RuntimeApiAnswer> PostAsync(RuntimeApiPost post, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, RuntimeApiClient.Version + post.Path) { Content = new ReadOnlyMemoryContent(post.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(post.ContentType);
        if (post.ErrorType is not null)
            request.Headers.TryAddWithoutValidation(RuntimeApiClient.ErrorTypeHeader, post.ErrorType);
        if (post.ErrorCause is not null)
            request.Headers.TryAddWithoutValidation(RuntimeApiClient.ErrorCauseHeader, post.ErrorCause);
        return SendAsync(request, cancellationToken);
    }

    private async ValueTask<RuntimeApiAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var sent = request;
        using var response = await http.SendAsync(request, cancellationToken);
        var headers = new RuntimeApiHeaders();
        foreach (var (name, values) in response.Headers)
            headers.Take(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(values.First()));
        return new RuntimeApiAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), headers);
    }
}
