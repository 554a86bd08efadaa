using System.Text.Json;
using Shop.Asl;

namespace Shop.Simulation.Executions;

/// <summary>One execution of a machine in one simulated run, through all its redrives.</summary>
internal sealed class SimulatedExecution : IDisposable
{
    private readonly List<Action<SimulatedExecution>> _waiters = [];
    private CancellationTokenSource _abort = new();

    public SimulatedExecution(Cloud cloud, Machine machine, string name, JsonElement input, SimulatedExecution? parent, SimulatedExecution? startedBy)
    {
        Cloud = cloud;
        Machine = machine;
        Name = name;
        Input = input;
        StartedBy = startedBy;
        Root = parent?.Root ?? this;
        Run = machine.Name == "regional-failover" ? this : parent?.Run;
        Arn = $"arn:aws:states:{machine.Region}:000000000000:execution:{machine.Name}:{name}";
        StartTime = cloud.World.Time.Now;
        Log = new ExecutionLog(this);
    }

    public Cloud Cloud { get; }

    public Machine Machine { get; }

    public string Region => Machine.Region;

    public string Name { get; }

    public string Arn { get; }

    public JsonElement Input { get; }

    /// <summary>The execution at the top of those that wait for this one.</summary>
    public SimulatedExecution Root { get; }

    /// <summary>The regional failover that it is or that it is part of.</summary>
    public SimulatedExecution? Run { get; }

    /// <summary>Whoever started it, waiting for it or not.</summary>
    public SimulatedExecution? StartedBy { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset? EndTime { get; private set; }

    public ExecutionLog Log { get; }

    public ExecutionStatus Status { get; private set; } = ExecutionStatus.Running;

    public bool IsRunning => Status == ExecutionStatus.Running;

    public ExecutionResult? Result { get; private set; }

    public int RedriveCount { get; private set; }

    public CancellationToken Abort => _abort.Token;

    /// <summary>Of a reconciliation: it has said in the control table that it is through.</summary>
    public bool HasClosedClaim { get; set; }

    /// <summary>Actions of its own tasks that had a fault from the schedule.</summary>
    public HashSet<string> FaultyActions { get; } = new(StringComparer.Ordinal);

    public void Stop()
    {
        if (IsRunning)
        {
            _abort.Cancel();
        }
    }

    /// <summary>Tells of its next end, once.</summary>
    public void WhenEnded(Action<SimulatedExecution> tell)
    {
        if (IsRunning)
        {
            _waiters.Add(tell);
        }
        else
        {
            tell(this);
        }
    }

    public void End(ExecutionResult result)
    {
        Result = result;
        Status = result.Status;
        EndTime = Cloud.World.Time.Now;
    }

    public void TellEnd()
    {
        var waiters = _waiters.ToArray();
        _waiters.Clear();
        foreach (var tell in waiters)
        {
            tell(this);
        }
    }

    public void BeginAgain()
    {
        Status = ExecutionStatus.Running;
        EndTime = null;
        RedriveCount++;
        _abort.Dispose();
        _abort = new CancellationTokenSource();
    }

    public void Dispose() => _abort.Dispose();

    public override string ToString() => $"{Machine.Name}@{Region}:{Name}";
}
