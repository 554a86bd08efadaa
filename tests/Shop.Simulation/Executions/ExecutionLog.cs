using System.Text;
using System.Text.Json;
using Shop.Asl.History;
using Shop.Simulation.Judging;

namespace Shop.Simulation.Executions;

/// <summary>Reads an execution's history as it is written: what was reached, the fingerprint of what happened, and on demand the text.</summary>
internal sealed class ExecutionLog(SimulatedExecution execution) : IExecutionHistory
{
    private readonly Dictionary<long, (MappedState State, bool IsCaught)> _exits = [];
    private readonly HashSet<long> _failures = [];

    public ulong Hash { get; private set; } = Fingerprint.Of(execution.Arn);

    public long LastEventId { get; private set; }

    /// <summary>The state that was entered last.</summary>
    public string State { get; private set; } = "";

    public void Append(HistoryEvent historyEvent)
    {
        LastEventId = historyEvent.Id;
        Hash = Hash.Add((ulong)historyEvent.Type);
        switch (historyEvent.Details)
        {
            case StateEnteredDetails entered:
                Enter(historyEvent, entered.Name);
                break;
            case StateExitedDetails exited:
                Exit(historyEvent, exited.Name);
                break;
            case TaskFailureDetails { Error: { } error }:
                _failures.Add(historyEvent.Id);
                Hash = Hash.Add(Fingerprint.Of(error));
                break;
            case FailureDetails { Error: { } error }:
                Hash = Hash.Add(Fingerprint.Of(error));
                break;
            default:
                if (historyEvent.Type is HistoryEventType.MapStateFailed or HistoryEventType.ParallelStateFailed)
                {
                    _failures.Add(historyEvent.Id);
                }

                break;
        }

        execution.Cloud.Trace(execution, historyEvent);
        execution.Cloud.Passed(execution, historyEvent);
    }

    /// <summary>What the schedule did to this execution is part of what happened.</summary>
    public void Note(char what) => Hash = Hash.Add(0xFA0000UL + what);

    public static string Format(HistoryEvent historyEvent)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            historyEvent.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void Enter(HistoryEvent entered, string name)
    {
        State = name;
        if (_exits.Remove(entered.PreviousEventId, out var exit))
        {
            if (exit.State.Branches.TryGetValue(name, out var branch))
            {
                execution.Cloud.Coverage.Reach(branch);
            }
            else if (exit.State.Catchers.TryGetValue(name, out var edge) && (exit.IsCaught || name != exit.State.Next))
            {
                execution.Cloud.Coverage.Reach(edge);
            }
        }

        if (execution.Machine.Map.Find(name) is { } state)
        {
            execution.Cloud.Coverage.Reach(state.Point);
            Hash = Hash.Add(state.Hash);
        }
    }

    private void Exit(HistoryEvent exited, string name)
    {
        if (execution.Machine.Map.Find(name) is { } state && (state.Branches.Count > 0 || state.Catchers.Count > 0))
        {
            _exits[exited.Id] = (state, _failures.Contains(exited.PreviousEventId));
        }
    }
}
