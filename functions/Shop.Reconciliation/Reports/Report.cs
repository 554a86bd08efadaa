using System.Text.Json.Serialization;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Reports;

/// <summary>The missing-transaction report. <c>report.schema.json</c> describes it; CSV and HTML are drawn from it and hold nothing else.</summary>
public sealed record Report(
    int SchemaVersion,
    string RunId,
    string Database,
    string Noun,
    string ItemNoun,
    DateTimeOffset GeneratedAt,
    Incident Incident,
    Completeness Completeness,
    IReadOnlyList<Phase> Phases,
    IReadOnlyList<string> NextSteps,
    Totals Totals,
    int MoneyMinorDigits,
    Histogram? Histogram,
    IReadOnlyList<Entry> Missing,
    IReadOnlyList<Entry> Changed,
    IReadOnlyList<Entry> Resurrected,
    Evidence Evidence,
    IReadOnlyList<string> MaskedColumns,
    string? ContentHash = null)
{
    public const int CurrentSchemaVersion = 2;

    [JsonIgnore]
    public IEnumerable<(string Name, IReadOnlyList<Entry> Entries)> Classes =>
        [("missing", Missing), ("changed", Changed), ("resurrected", Resurrected)];
}

/// <summary>What happened, as the failover recorded it and as the data shows it. <c>WindowStart</c> to <c>LastWrite</c> is where losses lie.
/// <c>IsAssumed</c>: no failover was named, and its moments are those of the comparison.</summary>
public sealed record Incident(
    string? OldClusterId,
    string? OldRegion,
    string? NewRegion,
    DateTimeOffset FailoverStartedAt,
    DateTimeOffset PromotedAt,
    double? LagMsAtPromotion,
    DateTimeOffset? LastOldWrite,
    DateTimeOffset? ReplicatedThrough,
    string WindowStart,
    string? FirstLoss,
    string? LastLoss,
    bool? IsAssumed = null);

/// <param name="Statement"><c>exact</c> or <c>lower-bound</c>.</param>
/// <param name="Reasons">Why it is only a lower bound; empty when exact.</param>
/// <param name="Warnings">What to know although the list is whole.</param>
public sealed record Completeness(string Statement, IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings);

public sealed record Phase(string Name, string State, string Detail);

public sealed record Totals(ClassTotal Missing, ClassTotal Changed, ClassTotal Resurrected, ExtraTotal Extra);

/// <summary>When what differs was written on the old primary, or on the new one if the old has none: counts per class in steps of equal length.</summary>
public sealed record Histogram(
    DateTimeOffset From, double StepSeconds, IReadOnlyList<int> Missing, IReadOnlyList<int> Changed, IReadOnlyList<int> Resurrected);

/// <param name="Count">Aggregates.</param>
/// <param name="Items">Their items.</param>
/// <param name="Money">Per currency: the amounts lost, the differences (old minus new), or the amounts that came back.</param>
public sealed record ClassTotal(int Count, int Items, IReadOnlyList<Money> Money);

public sealed record ExtraTotal(int Count, int Created, int Updated, int Items, IReadOnlyList<Money> Money);

/// <summary>One aggregate that differs. <c>Old</c> and <c>New</c> are the two images, personal data masked.</summary>
public sealed record Entry(
    string Key,
    IReadOnlyList<string> KeyParts,
    string? CreatedAt,
    string? UpdatedAt,
    string? Region,
    string? Epoch,
    string? Currency,
    decimal? OldAmount,
    decimal? NewAmount,
    int Items,
    Aggregate? Old,
    Aggregate? New,
    IReadOnlyList<FieldChange> Changes,
    IReadOnlyList<string> Notes,
    string Action,
    string ActionReason);

/// <summary>What proves the list: both sides' row counts and hash sums per key range.</summary>
public sealed record Evidence(
    string? SnapshotId,
    string? SnapshotArn,
    string? CopiedSnapshotId,
    string? RestoredClusterId,
    SideEvidence Old,
    SideEvidence New,
    string Hash,
    string HashOdds,
    IReadOnlyList<TableEvidence> Tables,
    IReadOnlyList<string> SchemaDrift,
    IReadOnlyList<string> SchemaNotes,
    double WaitedForLoadSeconds,
    int RangesCompared,
    int RangesDiffering,
    IReadOnlyList<RangeProof> Ranges);

public sealed record TableEvidence(string Table, IReadOnlyList<string> Columns, long OldRows, long NewRows);

/// <summary>
/// A stretch of the key space: neighbouring ranges with the same outcome are told as one, which their sums allow. <c>LeftOut</c> of its aggregates were known to
/// differ by key or version already and are no part of the hash sums.
/// </summary>
public sealed record RangeProof(
    string? After, string? UpTo, IReadOnlyList<long> OldRows, IReadOnlyList<long> NewRows, IReadOnlyList<string> OldHash, IReadOnlyList<string> NewHash,
    int LeftOut,
    bool Equal);
