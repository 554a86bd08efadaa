using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tasks;

/// <summary>What the plan task decided, once, for every comparison of the run.</summary>
public sealed record RunManifest(
    string RunId,
    ReconciliationPlan Plan,
    ComparedTables Tables,
    Boundary Boundary,
    string Hash,
    SideEvidence Source,
    SideEvidence Target,
    string WindowStart,
    TailCounts? Tail,
    IReadOnlyList<RangeGroup> Groups,
    int RangeRows = 0,
    IReadOnlyList<string>? Warnings = null)
{
    public IReadOnlyList<string> Warnings { get; init; } = Warnings ?? [];
}

public sealed record RangeGroup(int Group, IReadOnlyList<KeyRange> Ranges);

public sealed record SideEvidence(string Host, int Port, string Database, string Version, string ReadAt, string? Position = null);

/// <summary>What the comparison of keys and versions leaves of a group: what it found in each range.</summary>
public sealed record VersionResult(
    int Group, IReadOnlyList<KeyRange> Ranges, IReadOnlyList<KnownDifferences> Known, int Differences, string Digest, ExtraCounts Extra);

/// <summary>What one comparison leaves for the report, beside its differences.</summary>
public sealed record GroupResult(
    int Group, IReadOnlyList<RangeEvidence> Ranges, int Differences, string Digest, ExtraCounts Extra, string TargetReadAt,
    double WaitedSeconds = 0);

/// <summary>What was written on the new primary after promotion: created, and updated though it had been replicated.</summary>
public sealed record ExtraCounts(int Created, int Updated, int Items, IReadOnlyList<Money> Money);

public sealed record Money(string Currency, decimal Amount);
