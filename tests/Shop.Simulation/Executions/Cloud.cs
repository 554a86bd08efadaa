using System.Globalization;
using System.Text.Json;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Simulation.Apis;
using Shop.Simulation.Judging;
using Shop.Simulation.Model;
using Shop.Simulation.Schedules;
using Shop.Simulation.Time;

namespace Shop.Simulation.Executions;

/// <summary>Step Functions of both Regions in one run: starts, nested executions, aborts and redrives, and the schedule that disturbs them.</summary>
internal sealed class Cloud(MachineSet machines, World world, Schedule schedule, Coverage coverage, Random random) : IDisposable
{
    private static readonly TimeSpan RedriveAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RedriveLateAfter = TimeSpan.FromHours(3);

    private readonly Dictionary<string, SimulatedExecution> _byArn = new(StringComparer.Ordinal);
    private int _names;
    private int _boundary;

    public World World => world;

    public Coverage Coverage => coverage;

    public TaskTokens Tokens { get; } = new();

    public FaultPlan Faults { get; } = new(schedule, world.Time);

    public List<SimulatedExecution> Executions { get; } = [];

    public int Events { get; private set; }

    /// <summary>Where each event came from, if anybody wants to know.</summary>
    public List<string>? Sites { get; set; }

    /// <summary>Gets each line of what happens, if anybody wants it.</summary>
    public Action<string>? Tracer { get; set; }

    /// <summary>Once it is set nothing disturbs any more.</summary>
    public bool IsHealed { get; private set; }

    public void Heal()
    {
        IsHealed = true;
        Faults.Heal();
    }

    public SimulatedExecution? Find(string arn) => _byArn.GetValueOrDefault(arn);

    /// <summary>StartExecution: the same name with the same input is the same execution for as long as it runs.</summary>
    public SimulatedExecution Start(Machine machine, string? name, JsonElement input, SimulatedExecution? parent = null, SimulatedExecution? startedBy = null)
    {
        name ??= string.Create(CultureInfo.InvariantCulture, $"run-{++_names}");
        var execution = new SimulatedExecution(this, machine, name, input, parent, startedBy ?? parent);
        if (_byArn.TryGetValue(execution.Arn, out var old))
        {
            execution.Dispose();
            return old.IsRunning && old.Input.GetRawText() == input.GetRawText()
                ? old
                : throw new TaskFailureException("StepFunctions.ExecutionAlreadyExistsException", $"Execution Already Exists: '{execution.Arn}'");
        }

        _byArn[execution.Arn] = execution;
        Executions.Add(execution);
        world.Referee.Started(execution);
        Begin(execution, null);
        StopIfHopeless(execution);
        return execution;
    }

    public SimulatedExecution Start(string machineArn, string? name, JsonElement input, SimulatedExecution? parent, SimulatedExecution startedBy) =>
        machines.Find(machineArn) is { } machine && machine.Region == startedBy.Region
            ? Start(machine, name, input, parent, startedBy)
            : throw new TaskFailureException("StepFunctions.StateMachineDoesNotExistException", $"State Machine Does Not Exist: '{machineArn}'");

    public void Redrive(SimulatedExecution execution)
    {
        if (execution.Status is not (ExecutionStatus.Running or ExecutionStatus.Succeeded))
        {
            execution.BeginAgain();
            Begin(execution, execution.Result);
        }
    }

    /// <summary>An event was written: what the schedule has for this moment happens.</summary>
    public void Passed(SimulatedExecution execution, HistoryEvent historyEvent)
    {
        Events++;
        Sites?.Add($"{execution.Machine.Name} {execution.Log.State} {historyEvent.Type}");
        while (_boundary < schedule.Boundaries.Count && schedule.Boundaries[_boundary].Event <= Events)
        {
            var kind = schedule.Boundaries[_boundary++].Kind;
            if (kind != BoundaryKind.RedriveFailed && !IsHealed)
            {
                Say($"--- {kind} after event {Events}, of {execution}");
                execution.Log.Note((char)kind);
                Disturb(execution, kind);
            }
        }
    }

    /// <summary>Aborts a run and redrives it: soon, or when what it had started is over.</summary>
    public void Crash(SimulatedExecution root, bool isForLong = false)
    {
        root.Stop();
        world.Time.After(isForLong ? RedriveLateAfter : RedriveAfter, () => Redrive(root));
    }

    public void Trace(SimulatedExecution execution, HistoryEvent historyEvent)
    {
        if (Tracer is not null)
        {
            Say($"{execution} {ExecutionLog.Format(historyEvent)}");
        }
    }

    public void Say(string line) => Tracer?.Invoke($"{world.Time.Elapsed.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture),12} {line}");

    public void Dispose()
    {
        foreach (var execution in Executions)
        {
            execution.Dispose();
        }
    }

    /// <summary>Begun by the clock, not in the middle of whoever starts it.</summary>
    private void Begin(SimulatedExecution execution, ExecutionResult? earlier) =>
        world.Time.After(TimeSpan.FromMilliseconds(1), () => _ = RunAsync(execution, earlier));

    /// <summary>Who knows that nothing was left behind does not let a machine look for it for a week.</summary>
    private void StopIfHopeless(SimulatedExecution execution)
    {
        if (execution.Machine.Name == "reconciliation" && world.Setup.HopelessStoppedAfter is { } after)
        {
            world.Time.After(after, () =>
            {
                if (execution.IsRunning && !world.IsSnapshotComing(execution.Input.Text("database")))
                {
                    Say($"--- a person stops {execution}");
                    execution.Stop();
                }
            });
        }
    }

    private async Task RunAsync(SimulatedExecution execution, ExecutionResult? earlier)
    {
        var options = new ExecutionOptions
        {
            Tasks = new TaskRouter(execution),
            Time = world.Time,
            History = execution.Log,
            Tokens = Tokens,
            Random = random,
            ExecutionArn = execution.Arn,
            ExecutionName = execution.Name,
            StateMachineArn = execution.Machine.Arn,
            StateMachineName = execution.Machine.Name,
            StartTime = execution.StartTime,
            RedriveCount = execution.RedriveCount,
            Resume = earlier?.Checkpoint,
            LastEventId = execution.Log.LastEventId,
        };
        var result = await Interpreter.RunAsync(execution.Machine.Definition, execution.Input, options, execution.Abort);
        execution.End(result);
        world.Referee.Ended(execution);
        if (schedule.Boundaries is [{ Kind: BoundaryKind.RedriveFailed }, ..] && execution is { RedriveCount: 0, Status: ExecutionStatus.Failed or ExecutionStatus.TimedOut } && execution.Root == execution && !IsHealed)
        {
            world.Time.After(RedriveAfter + RedriveAfter, () => Redrive(execution));
        }

        execution.TellEnd();
    }

    private void Disturb(SimulatedExecution execution, BoundaryKind kind)
    {
        var root = execution.Root;
        switch (kind)
        {
            case BoundaryKind.Abort:
                root.Stop();
                break;
            case BoundaryKind.Redrive:
                Crash(root);
                break;
            case BoundaryKind.RedriveLate:
                Crash(root, isForLong: true);
                break;
            case BoundaryKind.HostCrash:
                foreach (var running in Executions.Where(e => e.IsRunning).ToList())
                {
                    if (running.Root == running)
                    {
                        Crash(running);
                    }
                    else
                    {
                        running.Stop();
                    }
                }

                break;
            case BoundaryKind.StopOne:
                world.Referee.Stopped(execution);
                execution.Stop();
                break;
            case BoundaryKind.StartAfresh:
                root.Stop();
                world.Time.After(RedriveAfter, () => StartLike(root, Triggers.Operator));
                break;
            case BoundaryKind.Duplicate:
                Start(root.Machine, null, root.Input);
                break;
            case BoundaryKind.Opposite when !world.IsGone(RegionCode.Peer(root.Region)):
                Start(machines.In(RegionCode.Peer(root.Region), "regional-failover"), null, Triggers.Operator);
                break;
            case BoundaryKind.Operator:
                StartLike(root, Triggers.Operator);
                break;
            default:
                break;
        }
    }

    /// <summary>The same machine once more; a regional failover by an operator's own input.</summary>
    private void StartLike(SimulatedExecution root, JsonElement failoverInput) =>
        Start(root.Machine, null, root.Machine.Name == "regional-failover" ? failoverInput : root.Input);
}
