using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>A state machine as the service keeps it. An update makes a new record; running executions keep theirs.</summary>
public sealed record StateMachineRecord(
    string Name, string Arn, StateMachine Machine, string RoleArn, DateTimeOffset CreationDate, string RevisionId, DateTimeOffset UpdateDate)
{
    /// <summary>The service tells the revision only of a machine that was updated.</summary>
    public bool IsUpdated { get; init; }
}
