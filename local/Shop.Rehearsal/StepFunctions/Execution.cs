using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>An execution of a state machine, running or ended, with all that it did. A redrive makes it run again.</summary>
public sealed class Execution : IExecutionHistory
{
    private readonly Lock _lock = new();
    private readonly List<HistoryEvent> _events = [];
    private ExecutionRun _run = new();

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

    public int RedriveCount { get; private set; }

    public DateTimeOffset? RedriveDate { get; private set; }

    /// <summary>Done when the execution has ended, however it ended.</summary>
    public Task Completion => _run.Completion;

    internal Action<HistoryEvent>? Observer { get; set; }

    internal RedriveTokens RedriveTokens { get; } = new();

    public int EventCount
    {
        get
        {
            lock (_lock)
            {
                return _events.Count;
            }
        }
    }

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

    internal void Abort(string? error, string? cause) => _run.Abort(error, cause);

    internal ExecutionRun Run => _run;

    internal void End(ExecutionOutcome outcome) => Outcome = outcome;

    /// <summary>Makes it run again, from where its history ends. Not for two callers at a time.</summary>
    internal ExecutionRun BeginRedrive(DateTimeOffset date)
    {
        RedriveCount++;
        RedriveDate = date;
        _run = new ExecutionRun();
        Outcome = ExecutionOutcome.Running;
        return _run;
    }

    /// <summary>Takes up what an earlier host wrote.</summary>
    internal void Restore(IReadOnlyList<HistoryEvent> events)
    {
        _events.AddRange(events);
        RedriveCount = events.Count(e => e.Type == HistoryEventType.ExecutionRedriven);
        RedriveDate = events.LastOrDefault(e => e.Type == HistoryEventType.ExecutionRedriven)?.Timestamp;
    }
}
