namespace Shop.Rehearsal.Lambda;

/// <summary>An invocation on its way through a worker.</summary>
public sealed class PendingInvocation(ReadOnlyMemory<byte> payload, string functionArn, DateTimeOffset deadline, string? traceId)
{
    private readonly TaskCompletionSource<InvokeResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = Guid.CreateVersion7().ToString();

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public string FunctionArn { get; } = functionArn;

    public DateTimeOffset Deadline { get; } = deadline;

    public string? TraceId { get; } = traceId;

    public Task<InvokeResult> Result => _result.Task;

    /// <summary>The first outcome counts: an answer after the time-out is too late.</summary>
    internal bool Complete(InvokeResult result) => _result.TrySetResult(result);
}
