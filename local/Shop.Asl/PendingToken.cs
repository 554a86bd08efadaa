using System.Text.Json;

namespace Shop.Asl;

/// <summary>A task that waits for its token to come back.</summary>
internal sealed class PendingToken(Action beat, Action forget) : IDisposable
{
    // Whoever brings the token back must not run the rest of the execution on its own thread.
    private readonly TaskCompletionSource<JsonElement> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<JsonElement> Completion => _completion.Task;

    public bool Succeed(JsonElement output) => _completion.TrySetResult(output);

    public bool Fail(string? error, string? cause)
        => _completion.TrySetException(new TaskFailureException(error ?? Execution.ErrorNames.TaskFailed, cause));

    public void Beat() => beat();

    public void Dispose() => forget();
}
