using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace Shop.Lambda.Runtime;

/// <summary>The custom-runtime side of Lambda's Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApiClient(IRuntimeApiTransport transport, bool inProcess)
{
    public const string Version = "2018-06-01/runtime/";
    public const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    public const string ErrorCauseHeader = "Lambda-Runtime-Function-XRay-Error-Cause";
    private const string ErrorJson = "application/vnd.aws.lambda.error+json";
    private bool _warm;

    public RuntimeApiClient(HttpClient http)
        : this(new HttpClientTransport(http), inProcess: true)
    {
    }

    /// <summary>Several functions share this process (a test), so nothing process-wide may be set.</summary>
    public bool InProcess { get; } = inProcess;

    /// <param name="address"><c>AWS_LAMBDA_RUNTIME_API</c>: host and port, and locally a path.</param>
    public static RuntimeApiClient At(string address)
    {
        SocketTransport.ReserveThread();
        return new RuntimeApiClient(new SocketTransport(address, UserAgent), inProcess: false);
    }

    private static string UserAgent =>
        $"shop-lambda-dotnet/{Environment.Version}-{typeof(RuntimeApiClient).Assembly.GetName().Version}" +
        (RuntimeFeature.IsDynamicCodeSupported ? "" : "-aot");

    /// <summary>Waits for work, be it until tomorrow. The payload is valid until the next call.</summary>
    public async ValueTask<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        var answer = await transport.GetAsync("invocation/next", cancellationToken);
        ThrowUnlessSuccess(answer);
        var headers = answer.Headers;
        var requestId = headers.RequestId
            ?? throw new HttpRequestException("The Runtime API sent an invocation without Lambda-Runtime-Aws-Request-Id.");
        var deadline = long.TryParse(headers.DeadlineMs, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MaxValue;
        var context = new InvocationContext(requestId, deadline, headers.FunctionArn ?? "", headers.TraceId, !_warm)
        {
            ClientContext = headers.ClientContext,
            CognitoIdentity = headers.CognitoIdentity,
        };
        _warm = true;
        return new Invocation(context, answer.Body);
    }

    public Task RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        PostAsync(new RuntimeApiPost($"invocation/{requestId}/response", answer), cancellationToken);

    public Task FailAsync(string requestId, FunctionError error, CancellationToken cancellationToken) =>
        PostAsync(Error($"invocation/{requestId}/error", error), cancellationToken);

    public Task FailInitAsync(FunctionError error, CancellationToken cancellationToken) =>
        PostAsync(Error("init/error", error), cancellationToken);

    private static RuntimeApiPost Error(string path, FunctionError error) => new(path, error.ToJson(), ErrorJson, error.Type, error.ToXRayCause());

    private async Task PostAsync(RuntimeApiPost post, CancellationToken cancellationToken) =>
        ThrowUnlessSuccess(await transport.PostAsync(post, cancellationToken));

    private static void ThrowUnlessSuccess(RuntimeApiAnswer answer)
    {
        if (!answer.IsSuccess)
            throw new RuntimeApiException(
                (HttpStatusCode)answer.Status, $"The Runtime API answered {answer.Status}: {Encoding.UTF8.GetString(answer.Body.Span)}");
    }
}
