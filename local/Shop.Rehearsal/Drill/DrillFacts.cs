using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Drill;

/// <summary>What a drill did and saw.</summary>
internal sealed record DrillFacts(
    Ledger Ledger,
    string LostRegion,
    string Survivor,
    DateTimeOffset CutAt,
    DateTimeOffset KilledAt,
    IReadOnlyList<Guid> AcknowledgedDuringCut,
    FailoverFacts Failover,
    IReadOnlyList<Execution> Reconciliations);

internal sealed record FailoverFacts(string ExecutionArn, DateTimeOffset FirstOrderAt);
