using System.Collections.Concurrent;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The state machines of one Region.</summary>
internal sealed class StateMachineStore(string region, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, StateMachineRecord> _machines = new(StringComparer.Ordinal);

    public IEnumerable<StateMachineRecord> All => _machines.Values.OrderBy(machine => machine.Name, StringComparer.Ordinal);

    public StateMachineRecord Create(string name, string definition, string roleArn)
    {
        StepFunctionsArn.RequireName(name);
        var machine = Parse(definition);
        var now = time.GetUtcNow();
        var record = new StateMachineRecord(
            name, StepFunctionsArn.StateMachine(region, name), machine, roleArn, now, Guid.CreateVersion7().ToString(), now);
        var kept = _machines.GetOrAdd(record.Arn, record);
        return kept == record || (kept.Machine.Definition == definition && kept.RoleArn == roleArn)
            ? kept
            : throw new AwsServiceException("StateMachineAlreadyExists", $"State Machine Already Exists: '{record.Arn}'");
    }

    public StateMachineRecord Update(string arn, string? definition, string? roleArn)
    {
        var machine = definition is null ? null : Parse(definition);
        lock (_lock)
        {
            var old = Get(arn);
            if ((definition ?? old.Machine.Definition) == old.Machine.Definition && (roleArn ?? old.RoleArn) == old.RoleArn)
            {
                // Recorded: an update that changes nothing makes no revision.
                return old;
            }

            return _machines[arn] = old with
            {
                Machine = machine ?? old.Machine,
                RoleArn = roleArn ?? old.RoleArn,
                RevisionId = Guid.CreateVersion7().ToString(),
                IsUpdated = true,
                UpdateDate = time.GetUtcNow(),
            };
        }
    }

    public void Delete(string arn)
    {
        StepFunctionsArn.RequireStateMachine(arn);
        _machines.TryRemove(arn, out _);
    }

    public StateMachineRecord Get(string arn)
    {
        StepFunctionsArn.RequireStateMachine(arn);
        return _machines.TryGetValue(arn, out var machine)
            ? machine
            : throw new AwsServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    private static StateMachine Parse(string definition)
    {
        try
        {
            return StateMachine.Parse(definition);
        }
        catch (InvalidDefinitionException e)
        {
            throw new AwsServiceException("InvalidDefinition", e.Message);
        }
    }
}
