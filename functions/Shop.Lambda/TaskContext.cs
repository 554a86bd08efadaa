using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Shop.Lambda;

/// <summary>What a task handler may want to know of its invocation.</summary>
public sealed record TaskContext(string RequestId, DateTimeOffset Deadline, string? TraceId, string FunctionArn)
{
    public ILogger Log { get; init; } = NullLogger.Instance;
}
