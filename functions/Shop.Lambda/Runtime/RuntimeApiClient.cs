using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;

namespace Shop.Lambda.Runtime;

/// <summary>The custom-runtime side of Lambda's Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApiClient(HttpClient http, bool inProcess)
{
    private const string Prefix = "2018-06-01/runtime/";
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");
    private bool _warm;

    /// <summary>Several functions share this process (a test), so nothing process-wide may be set.</summary>
    public bool InProcess { get; } = inProcess;

    /// <param name="address"><c>AWS_LAMBDA_RUNTIME_API</c>: host and port, and locally a path.</param>
    public static RuntimeApiClient At(string address)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            // One connection for the sandbox's life: it may be frozen for hours between two requests.
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        })
        {
            BaseAddress = new Uri($"http://{address.TrimEnd('/')}/"),
            // /next answers when there is work, be it tomorrow.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", UserAgent);
        return new RuntimeApiClient(http, inProcess: false);
    }

    private static string UserAgent =>
        $"shop-lambda-dotnet/{Environment.Version}-{typeof(RuntimeApiClient).Assembly.GetName().Version}" +
        (RuntimeFeature.IsDynamicCodeSupported ? "" : "-aot");

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(Prefix + "invocation/next", cancellationToken);
        await ThrowUnlessSuccessAsync(response, cancellationToken);
        var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);

        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
        var requestId = Header("Lambda-Runtime-Aws-Request-Id")
            ?? throw new HttpRequestException("The Runtime API sent an invocation without Lambda-Runtime-Aws-Request-Id.");
        var deadline = long.TryParse(Header("Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
        var context = new InvocationContext(
            requestId, deadline, Header("Lambda-Runtime-Invoked-Function-Arn") ?? "", Header("Lambda-Runtime-Trace-Id"), !_warm);
        _warm = true;
        return new Invocation(context, payload);
    }

    public Task RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", answer, Json, null, cancellationToken);

    public Task FailAsync(string requestId, FunctionError error, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", error.ToJson(), ErrorJson, error.Type, cancellationToken);

    public Task FailInitAsync(FunctionError error, CancellationToken cancellationToken) =>
        PostAsync("init/error", error.ToJson(), ErrorJson, error.Type, cancellationToken);

    private async Task PostAsync(
        string path, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, string? errorType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Prefix + path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = type;
        if (errorType is not null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        using var response = await http.SendAsync(request, cancellationToken);
        await ThrowUnlessSuccessAsync(response, cancellationToken);
    }

    private static async Task ThrowUnlessSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new RuntimeApiException(response.StatusCode, $"The Runtime API answered {(int)response.StatusCode}: {body}");
    }
}
