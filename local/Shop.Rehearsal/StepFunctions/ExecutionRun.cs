using System.Diagnostics.CodeAnalysis;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>One stretch of an execution: from its start, or a redrive, to its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token source has no timer and no handle; an ended execution can still be told to stop.")]
internal sealed class ExecutionRun
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();

    public Task Completion => _completion.Task;

    public CancellationToken Aborted => _abort.Token;

    public (string? Error, string? Cause) AbortReason { get; private set; }

    public void Abort(string? error, string? cause)
    {
        lock (_lock)
        {
            if (_abort.IsCancellationRequested)
            {
                return;
            }

            AbortReason = (error, cause);
        }

        _abort.Cancel();
    }

    // After whoever watches the service was told, so that a caller who waited sees the effects of that too.
    public void Complete() => _completion.TrySetResult();
}
