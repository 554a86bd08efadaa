using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>One run of a state machine, running or ended, with all that it did.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The token source has no timer and no handle; an ended execution can still be told to stop.")]
public sealed class Execution : IExecutionHistory
{
    private readonly Lock _lock = new();
    private readonly List<HistoryEvent> _events = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abort = new();

    internal Execution(StateMachineRecord machine, string arn, string name, string input, JsonElement inputValue, DateTimeOffset startDate)
    {
        StateMachine = machine;
        Arn = arn;
        Name = name;
        Input = input;
        InputValue = inputValue;
        StartDate = startDate;
    }

    public string Arn { get; }

    public string Name { get; }

    public StateMachineRecord StateMachine { get; }

    public string StateMachineArn => StateMachine.Arn;

    public string StateMachineName => StateMachine.Name;

    /// <summary>As it was sent.</summary>
    public string Input { get; }

    public JsonElement InputValue { get; }

    public DateTimeOffset StartDate { get; }

    public ExecutionOutcome Outcome { get; private set; } = ExecutionOutcome.Running;

    public ExecutionStatus Status => Outcome.Status;

    /// <summary>Done when the execution has ended, however it ended.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Where a redrive would go on.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    internal CancellationToken Aborted => _abort.Token;

    internal (string? Error, string? Cause) AbortReason { get; private set; }

    internal Action<HistoryEvent>? Observer { get; set; }

    public IReadOnlyList<HistoryEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public void Append(HistoryEvent historyEvent)
    {
        lock (_lock)
        {
            _events.Add(historyEvent);
        }

        Observer?.Invoke(historyEvent);
    }

    internal void Abort(string? error, string? cause)
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

    internal void End(ExecutionResult result, DateTimeOffset stopDate)
    {
        Checkpoint = result.Checkpoint;
        Outcome = new(result.Status, stopDate, result.Output?.GetRawText(), result.Error, result.Cause);
    }

    // After whoever watches the service was told, so that a caller who waited sees the effects of that too.
    internal void Complete() => _completion.TrySetResult();
}
