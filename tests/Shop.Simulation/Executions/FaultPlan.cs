using Shop.Asl;
using Shop.Simulation.Schedules;
using Shop.Simulation.Time;

namespace Shop.Simulation.Executions;

/// <summary>Counts the attempts of tasks and says what goes wrong with each.</summary>
internal sealed class FaultPlan(Schedule schedule, SimulatedTime time)
{
    private static readonly TimeSpan OutageLasts = TimeSpan.FromMinutes(40);

    private readonly Dictionary<(SimulatedExecution, string), FaultKind> _always = [];
    private readonly Dictionary<(string Region, string Action), DateTimeOffset> _outages = [];
    private int _next;
    private bool _isHealed;

    public int Calls { get; private set; }

    /// <summary>The calls so far, if anybody wants to know.</summary>
    public List<CallSite>? Seen { get; set; }

    public void Heal() => _isHealed = true;

    /// <summary>Takes the number of the next call.</summary>
    public FaultKind? Next(SimulatedExecution execution, TaskInvocation task, ActionName action)
    {
        var call = Calls++;
        Seen?.Add(new CallSite(action.Type, $"{execution.Machine.Name} {task.StateName}"));
        if (_isHealed)
        {
            return null;
        }

        var key = (execution, task.StateName);
        FaultKind? fault = null;
        while (_next < schedule.Faults.Count && schedule.Faults[_next].Call <= call)
        {
            fault = schedule.Faults[_next++].Kind;
        }

        if (fault is null && task.RetryCount > 0 && _always.TryGetValue(key, out var kept))
        {
            fault = kept;
        }
        else if (fault is FaultKind.ErrorAlways or FaultKind.LostAnswerAlways or FaultKind.TimeoutAlways)
        {
            _always[key] = fault.Value;
        }
        else if (task.RetryCount == 0)
        {
            _always.Remove(key);
        }

        if (fault == FaultKind.Outage)
        {
            _outages[(execution.Region, action.Key)] = time.Now + OutageLasts;
        }
        else if (fault is null && _outages.TryGetValue((execution.Region, action.Key), out var until) && time.Now < until)
        {
            fault = FaultKind.Error;
        }

        return fault;
    }
}

/// <summary>Where a call came from.</summary>
internal readonly record struct CallSite(CallType Type, string State);
