using System.Text.Json;

namespace Shop.Asl;

/// <summary>Runs state machines.</summary>
public static class Interpreter
{
    /// <summary>Runs to the end. What goes wrong inside is a status, not an exception; cancelling <paramref name="abort"/> ends it as Aborted.</summary>
    /// <remarks>
    /// Runs on the caller's thread until the first task or wait that isn't done at once, and goes on in the caller's synchronization context
    /// if there is one: a single-threaded context and a virtual clock make a run deterministic.
    /// </remarks>
    public static Task<ExecutionResult> RunAsync(StateMachine machine, JsonElement input, ExecutionOptions options, CancellationToken abort)
        => throw new NotImplementedException($"{machine}{input}{options}{abort}");
}
