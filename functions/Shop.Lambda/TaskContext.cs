using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Lambda.Metrics;

namespace Shop.Lambda;

/// <summary>What a task handler may want to know of its invocation.</summary>
public sealed record TaskContext(string RequestId, DateTimeOffset Deadline, string? TraceId, string FunctionArn)
{
    /// <summary>JSON that a caller who sent <c>ClientContext</c> sent along.</summary>
    public string? ClientContext { get; init; }

    /// <summary>JSON with the caller's Cognito identity.</summary>
    public string? CognitoIdentity { get; init; }

    /// <summary>Written when the task ends; null only where a test runs a handler by itself.</summary>
    public FunctionMetrics? Metrics { get; init; }

    public ILogger Log { get; init; } = NullLogger.Instance;
}
