using System.Net;

namespace Shop.Aws;

/// <summary>A call to AWS that failed. <see cref="ErrorCode"/> is the service's own code, or <see cref="Unreachable"/> when no answer came.</summary>
public sealed class AwsException(string errorCode, string message, HttpStatusCode statusCode, Exception? inner = null)
    : Exception(message, inner)
{
    public const string Unreachable = "ServiceUnreachable";

    public string ErrorCode { get; } = errorCode;

    /// <summary>0 when no answer came.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;

    public bool IsThrottling => StatusCode == HttpStatusCode.TooManyRequests || ErrorCode.Contains("Throttl", StringComparison.Ordinal);

    /// <summary>The same call may succeed later: throttled, a failure of the service, or no answer at all.</summary>
    public bool IsTransient => ErrorCode == Unreachable || (int)StatusCode >= 500 || IsThrottling;
}
