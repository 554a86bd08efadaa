using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Plans;

/// <summary>All that the engine knows about a database: one kind of aggregate, its tables, and what their columns mean.</summary>
public sealed record ReconciliationPlan(
    int SchemaVersion,
    string Name,
    string Noun,
    string ItemNoun,
    RootTable Root,
    IReadOnlyList<ChildTable>? Children = null,
    int RangeRows = 1000,
    int LeafRows = 2000,
    int LongestTransactionSeconds = 5,
    int WindowMarginSeconds = 300,
    string Hash = "sha1",
    LoadLimits? Load = null,
    ReplayRules? Replay = null)
{
    public const int CurrentSchemaVersion = 1;

    public IReadOnlyList<ChildTable> Children { get; init; } = Children ?? [];

    public LoadLimits Load { get; init; } = Load ?? LoadLimits.Default;
}

/// <summary>
/// The table whose rows are the aggregates. Every column that both sides have is compared, but those in <c>Ignore</c>. A DATETIME says nothing of its time
/// zone: it is read as UTC, or in <c>TimeZone</c>.
/// </summary>
public sealed record RootTable(
    string Table,
    IReadOnlyList<string> Key,
    string? CreatedAt = null,
    string? UpdatedAt = null,
    string? Region = null,
    string? Epoch = null,
    MoneyColumns? Money = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyList<string>? Masked = null,
    string? TimeZone = null)
{
    /// <summary>Columns that hold moments and no local times, whatever <c>TimeZone</c> says; found when a run is planned.</summary>
    public IReadOnlyList<string> Instants { get; init; } = [];

    /// <summary>The moment in a column of a row.</summary>
    internal DateTimeOffset? Time(Row? row, string? column) => column is null ? null : Time(column, row?[column]);

    internal DateTimeOffset? Time(string column, string? text) => SqlTime.Parse(text, Zone(column));

    /// <summary>A moment as the column would hold it.</summary>
    internal string Format(string column, DateTimeOffset time) => SqlTime.Format(time, Zone(column));

    private string? Zone(string column) => Instants.Contains(column, StringComparer.OrdinalIgnoreCase) ? null : TimeZone;
}

/// <summary>A table whose rows belong to an aggregate: found by <c>ParentKey</c>, told apart by <c>Key</c>.</summary>
public sealed record ChildTable(
    string Table,
    IReadOnlyList<string> ParentKey,
    IReadOnlyList<string> Key,
    string? Quantity = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyList<string>? Masked = null);

/// <param name="Amount">Column with the amount.</param>
/// <param name="Currency">Column with the currency code.</param>
/// <param name="MinorDigits">2 when the amount is in cents, 0 when it is a decimal number.</param>
public sealed record MoneyColumns(string Amount, string Currency, int MinorDigits = 2);

/// <summary>What an insert of a lost aggregate does beside it.</summary>
/// <param name="RecoveredFrom">Column of the root that takes the id of the run, so that people can be told; it must be in <c>Ignore</c>.</param>
/// <param name="Events">Tables with what was to be sent about the aggregate.</param>
/// <param name="Announce">Table that tells what is being recovered, while people decide.</param>
public sealed record ReplayRules(string? RecoveredFrom = null, IReadOnlyList<EventTable>? Events = null, AnnouncementTable? Announce = null)
{
    public IReadOnlyList<EventTable> Events { get; init; } = Events ?? [];
}

/// <summary>An outbox: its rows come along under their own key, so that a receiver that had them already knows them again.</summary>
/// <param name="Table">The table.</param>
/// <param name="ParentKey">Columns with the aggregate's key.</param>
/// <param name="Key">The event's own key.</param>
/// <param name="SentAt">Left NULL, so that the relay sends it.</param>
public sealed record EventTable(string Table, IReadOnlyList<string> ParentKey, IReadOnlyList<string> Key, string SentAt);

/// <param name="Table">The table.</param>
/// <param name="Key">Columns with the aggregate's key.</param>
/// <param name="Run">Column with the id of the run.</param>
public sealed record AnnouncementTable(string Table, IReadOnlyList<string> Key, string Run);
