using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Step Functions of one Region: its state machines and executions. Lost with the Region, running executions and all.</summary>
public sealed class StepFunctionsService : IAsyncDisposable
{
    private readonly StepFunctionsOptions _options;
    private readonly RegionPower _power;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskTokens _tokens = new();
    private readonly Lock _lock = new();
    private readonly StateMachineStore _machines;
    private readonly ConcurrentDictionary<string, Execution> _executions = new(StringComparer.Ordinal);
    private int _running;

    public StepFunctionsService(RegionPower power, StepFunctionsOptions options, TimeProvider time, ILogger<StepFunctionsService>? logger = null)
    {
        _power = power;
        _options = options;
        _time = time;
        _logger = logger ?? NullLogger<StepFunctionsService>.Instance;
        _machines = new StateMachineStore(power.Region, time);
        Tasks = new TaskIntegrations();
        foreach (var execution in options.HistoryFolder is { } folder ? new KeptExecutions(folder, time, _logger).Read() : [])
        {
            _executions[execution.Arn] = execution;
        }

        _power.Changed += OnPowerChanged;
    }

    public string Region => _power.Region;

    internal DateTimeOffset Now => _time.GetUtcNow();

    private (string Error, string Cause) RegionLost => ("Rehearsal.RegionLost", $"Region {Region} was lost.");

    /// <summary>What Task states can call. Filled once, before the first execution.</summary>
    public TaskIntegrations Tasks { get; }

    public ExecutionFeed Feed { get; } = new();

    public TaskTokens Tokens => _tokens;

    public IEnumerable<StateMachineRecord> StateMachines => _machines.All;

    public IEnumerable<Execution> Executions => _executions.Values.OrderByDescending(execution => execution.StartDate);

    /// <summary>Raised when an execution started or ended.</summary>
    public event Action<Execution>? StatusChanged;

    /// <exception cref="AwsServiceException">InvalidName, InvalidDefinition, StateMachineAlreadyExists.</exception>
    public StateMachineRecord Create(string name, string definition, string roleArn = "arn:aws:iam::000000000000:role/rehearsal") =>
        _machines.Create(name, definition, roleArn);

    public StateMachineRecord Update(string arn, string? definition, string? roleArn) => _machines.Update(arn, definition, roleArn);

    /// <summary>Executions that run go on to their end.</summary>
    public void Delete(string arn) => _machines.Delete(arn);

    public StateMachineRecord GetStateMachine(string arn) => _machines.Get(arn);

    public Execution GetExecution(string arn)
    {
        StepFunctionsArn.RequireExecution(arn);
        return _executions.TryGetValue(arn, out var execution)
            ? execution
            : throw new AwsServiceException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{arn}'");
    }

    /// <summary>Starts an execution. The same name with the same input is the same execution for as long as it runs.</summary>
    public Execution Start(string stateMachineArn, string? name = null, string input = "{}")
    {
        RequirePower();
        if (stateMachineArn.Contains('/', StringComparison.Ordinal))
        {
            throw AwsRequest.Invalid("An execution can't be started by the ARN of a distributed Map");
        }

        var machine = GetStateMachine(stateMachineArn);
        name ??= Guid.CreateVersion7().ToString();
        StepFunctionsArn.RequireName(name);
        var value = ParseInput(input);
        var execution = new Execution(
            machine, StepFunctionsArn.Execution(Region, machine.Name, name), name, input, value, _time.GetUtcNow());
        var kept = _executions.GetOrAdd(execution.Arn, execution);
        if (kept == execution)
        {
            TakePlace(execution);
            Begin(execution, execution.Run);
            return execution;
        }

        return kept.Status == ExecutionStatus.Running && JsonElement.DeepEquals(kept.InputValue, value)
            ? kept
            : throw new AwsServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{execution.Arn}'");
    }

    /// <summary>Makes an execution that didn't succeed go on from where it ended. The same client token is the same redrive.</summary>
    /// <returns>The date of the redrive.</returns>
    /// <exception cref="AwsServiceException">ExecutionDoesNotExist, ExecutionNotRedrivable, ExecutionLimitExceeded.</exception>
    public DateTimeOffset Redrive(string arn, string? clientToken = null)
    {
        RequirePower();
        var execution = GetExecution(arn);
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (clientToken is not null && execution.RedriveTokens.Find(clientToken, now) is { } known)
            {
                return known;
            }

            if (RedriveStatus.ReasonAgainst(execution, now) is { } reason)
            {
                throw new AwsServiceException("ExecutionNotRedrivable", reason);
            }

            TakePlace(null);
            // From the history alone, so that it is the same whether this host ran it before or another one that died.
            var resume = Checkpoint.FromHistory(execution.Events);
            var run = execution.BeginRedrive(now);
            if (clientToken is not null)
            {
                execution.RedriveTokens.Add(clientToken, now);
            }

            Begin(execution, run, resume);
            return now;
        }
    }

    /// <summary>Aborts an execution and returns when it has ended. Of one that has ended already nothing changes.</summary>
    public async Task<Execution> StopAsync(string arn, string? error = null, string? cause = null)
    {
        var execution = GetExecution(arn);
        execution.Abort(error, cause);
        await execution.Completion;
        return execution;
    }

    public async ValueTask DisposeAsync()
    {
        _power.Changed -= OnPowerChanged;
        AbortAll(KeptExecutions.HostStopped, "The host stopped.");
        await Task.WhenAll(_executions.Values.Select(execution => execution.Completion));
    }

    private static JsonElement ParseInput(string input)
    {
        if (input.Length == 0)
        {
            throw new AwsServiceException("InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid execution input.'");
        }

        try
        {
            return JsonConversions.Parse(input);
        }
        catch (JsonException e)
        {
            throw new AwsServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{e.Message}'");
        }
    }

    private void RequirePower()
    {
        if (!_power.IsOn)
        {
            throw new AwsServiceException("ServiceUnavailable", $"Region {Region} is lost.", 503);
        }
    }

    /// <summary>Counts one more execution that runs, if the quota has room for it.</summary>
    private void TakePlace(Execution? started)
    {
        if (Interlocked.Increment(ref _running) <= _options.MaxRunningExecutions)
        {
            return;
        }

        Interlocked.Decrement(ref _running);
        if (started is not null)
        {
            _executions.TryRemove(started.Arn, out _);
        }

        throw new AwsServiceException("ExecutionLimitExceeded", $"Execution Limit Exceeded: '{_options.MaxRunningExecutions}'");
    }

    private void Begin(Execution execution, ExecutionRun run, Checkpoint? resume = null)
    {
        _ = Task.Run(() => RunAsync(execution, run, resume), CancellationToken.None);
        if (!_power.IsOn)
        {
            run.Abort(RegionLost.Error, RegionLost.Cause);
        }
    }

    private async Task RunAsync(Execution execution, ExecutionRun run, Checkpoint? resume)
    {
        ExecutionResult result;
        // Closed before anybody can see the end, and redrive it.
        using (var file = OpenHistory(execution))
        {
            execution.Observer = historyEvent =>
            {
                file?.Append(historyEvent);
                Feed.Publish(Region, execution, historyEvent);
            };
            Notify(execution);
            result = await InterpretAsync(execution, run, resume);
        }

        Interlocked.Decrement(ref _running);
        execution.End(new(result.Status, _time.GetUtcNow(), result.Output?.GetRawText(), result.Error, result.Cause));
        _logger.LogInformation(
            "{Machine} {Execution} in {Region} ended {Status} {Error}",
            execution.StateMachineName, execution.Name, Region, result.Status, result.Error);
        Notify(execution);
        run.Complete();
    }

    private HistoryFile? OpenHistory(Execution execution)
    {
        try
        {
            return _options.HistoryFolder is not { } folder ? null
                : execution.RedriveCount == 0 ? HistoryFile.Create(folder, execution)
                : HistoryFile.Continue(folder, execution);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning(e, "The history of {Execution} is not kept on disk", execution.Arn);
            return null;
        }
    }

    private async Task<ExecutionResult> InterpretAsync(Execution execution, ExecutionRun run, Checkpoint? resume)
    {
        try
        {
            return await Interpreter.RunAsync(execution.StateMachine.Machine, execution.InputValue, Options(execution, run, resume), run.Aborted);
        }
        catch (Exception e)
        {
            // The interpreter reports what goes wrong as a status; anything thrown is a defect of the host and must not look like a running execution.
            _logger.LogError(e, "The interpreter failed in {Execution}", execution.Arn);
            return new(ExecutionStatus.Failed, null, "States.Runtime", e.ToString());
        }
    }

    private ExecutionOptions Options(Execution execution, ExecutionRun run, Checkpoint? resume) => new()
    {
        Tasks = Tasks,
        Time = _time,
        History = execution,
        Tokens = _tokens,
        ExecutionArn = execution.Arn,
        ExecutionName = execution.Name,
        StateMachineArn = execution.StateMachineArn,
        StateMachineName = execution.StateMachineName,
        RoleArn = execution.StateMachine.RoleArn,
        StartTime = execution.StartDate,
        AbortReason = () => run.AbortReason,
        Resume = resume,
        RedriveCount = execution.RedriveCount,
        LastEventId = execution.EventCount,
    };

    private void Notify(Execution execution)
    {
        try
        {
            StatusChanged?.Invoke(execution);
        }
        catch (Exception e)
        {
            _logger.LogError(e, "A watcher of {Execution} failed", execution.Arn);
        }
    }

    private void OnPowerChanged(bool on)
    {
        if (!on)
        {
            AbortAll(RegionLost.Error, RegionLost.Cause);
        }
    }

    private void AbortAll(string error, string cause)
    {
        foreach (var execution in _executions.Values)
        {
            execution.Abort(error, cause);
        }
    }
}
