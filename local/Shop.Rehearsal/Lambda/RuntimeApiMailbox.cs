using System.Threading.Channels;

namespace Shop.Rehearsal.Lambda;

/// <summary>One worker's end of the Runtime API: an invocation goes in, its outcome comes out.</summary>
public sealed class RuntimeApiMailbox
{
    private readonly Channel<PendingInvocation> _inbox = Channel.CreateUnbounded<PendingInvocation>();
    private readonly TaskCompletionSource<InvokeResult?> _initialised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PendingInvocation? _current;

    internal RuntimeApiMailbox(string id, string address)
    {
        Id = id;
        Address = address;
    }

    /// <summary>What the worker gets as <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address { get; }

    /// <summary>Completes with null at the first poll, or with the error when initialisation failed.</summary>
    public Task<InvokeResult?> Initialised => _initialised.Task;

    internal string Id { get; }

    /// <summary>Hands an invocation to the worker. One at a time: the caller waits for the outcome before the next.</summary>
    public Task<InvokeResult> InvokeAsync(PendingInvocation invocation)
    {
        _current = invocation;
        if (!_inbox.Writer.TryWrite(invocation))
        {
            invocation.Complete(InvokeResult.Failed("Runtime.ExitError", $"RequestId: {invocation.RequestId} Error: the worker is gone"));
        }

        return invocation.Result;
    }

    /// <summary>The worker is gone; whatever waits for it gets this error.</summary>
    public void Close(string errorType, string reason)
    {
        _inbox.Writer.TryComplete();
        _initialised.TrySetResult(InvokeResult.Failed(errorType, $"Error: {reason}"));
        if (_current is { } current)
        {
            current.Complete(InvokeResult.Failed(errorType, $"RequestId: {current.RequestId} Error: {reason}"));
        }
    }

    internal async Task<PendingInvocation> NextAsync(CancellationToken cancellationToken)
    {
        _initialised.TrySetResult(null);
        return await _inbox.Reader.ReadAsync(cancellationToken);
    }

    internal void FailInit(byte[] error) => _initialised.TrySetResult(new InvokeResult(error, "Unhandled"));

    /// <summary>False when the id is not that of the running invocation.</summary>
    internal bool Complete(string requestId, InvokeResult result)
    {
        if (_current is not { } current || current.RequestId != requestId)
        {
            return false;
        }

        current.Complete(result);
        return true;
    }
}
