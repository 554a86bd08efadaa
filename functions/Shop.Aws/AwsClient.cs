using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Shop.Aws;

/// <summary>
/// Signed calls to AWS services whose SDK package is not available. One attempt per call: retries belong to the state machine or the caller.
/// </summary>
public sealed class AwsClient(HttpClient http, AwsEndpoints endpoints, Func<AwsCredentials?> credentials, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded", "utf-8");

    /// <summary>A client on this process's environment: Region, endpoints and credentials.</summary>
    public static AwsClient Create(Func<string, string?> variable, TimeProvider? time = null) =>
        new(CreateHttp(), new AwsEndpoints(variable), () => AwsCredentials.FromEnvironment(variable), time ?? TimeProvider.System);

    /// <summary>Calls an operation of a JSON service. <paramref name="endpoint"/> and <paramref name="region"/> override the Region's own.</summary>
    public async Task<JsonElement> JsonAsync(
        AwsService service, string operation, ReadOnlyMemory<byte> body, Uri? endpoint = null, string? region = null,
        CancellationToken cancellationToken = default)
    {
        using var request = NewRequest(service, endpoint, region, body, new($"application/x-amz-json-{service.JsonVersion}"));
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"{service.TargetPrefix}.{operation}");
        using var response = await SendAsync(request, service, operation, region, body, cancellationToken);
        var answer = await ReadAsync(response, service, operation, cancellationToken);
        return response.IsSuccessStatusCode ? AwsErrors.ParseJson(answer) : throw AwsErrors.FromJson(response, answer);
    }

    public Task<JsonElement> JsonAsync(
        AwsService service, string operation, JsonElement body, Uri? endpoint = null, string? region = null,
        CancellationToken cancellationToken = default) =>
        JsonAsync(service, operation, Encoding.UTF8.GetBytes(body.GetRawText()), endpoint, region, cancellationToken);

    /// <summary>Calls an operation of a query service (RDS). Answers the <c>…Result</c> element, without XML namespaces.</summary>
    public async Task<XElement> QueryAsync(
        AwsService service, string action, IEnumerable<KeyValuePair<string, string>> parameters, Uri? endpoint = null, string? region = null,
        CancellationToken cancellationToken = default)
    {
        KeyValuePair<string, string>[] form = [new("Action", action), new("Version", service.QueryVersion!), .. parameters];
        var body = Encoding.UTF8.GetBytes(string.Join('&', form.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}")));
        using var request = NewRequest(service, endpoint, region, body, Form);
        using var response = await SendAsync(request, service, action, region, body, cancellationToken);
        var answer = await ReadAsync(response, service, action, cancellationToken);
        return response.IsSuccessStatusCode ? AwsErrors.ParseXml(answer, action) : throw AwsErrors.FromXml(response, answer);
    }

    private HttpRequestMessage NewRequest(
        AwsService service, Uri? endpoint, string? region, ReadOnlyMemory<byte> body, MediaTypeHeaderValue contentType) =>
        new(HttpMethod.Post, endpoint ?? endpoints.Resolve(service, region))
        {
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = contentType } },
        };

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, AwsService service, string operation, string? region, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var keys = credentials()
            ?? throw new AwsException("MissingCredentials", "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.", 0);
        SigV4.Sign(request, body.Span, keys, region ?? endpoints.Region, service.SigningName, time.GetUtcNow());
        return await Reached(() => http.SendAsync(request, cancellationToken), service, operation, cancellationToken);
    }

    private static Task<byte[]> ReadAsync(
        HttpResponseMessage response, AwsService service, string operation, CancellationToken cancellationToken) =>
        Reached(() => response.Content.ReadAsByteArrayAsync(cancellationToken), service, operation, cancellationToken);

    private static async Task<T> Reached<T>(Func<Task<T>> call, AwsService service, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AwsException(AwsException.Unreachable, $"{service.HostPrefix} {operation} got no answer: {e.Message}", 0, e);
        }
    }

    private static HttpClient CreateHttp() => new(new SocketsHttpHandler
    {
        // Short, so that a lost Region is noticed while the caller still has time to ask elsewhere.
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        AllowAutoRedirect = false,
        UseCookies = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };
}
