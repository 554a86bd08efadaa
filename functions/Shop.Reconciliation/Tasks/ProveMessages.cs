using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <param name="RunId">The run that moved the database.</param>
/// <param name="Database">Which.</param>
/// <param name="Until">When the new writer was opened: what was written before is compared.</param>
public sealed record ProveInput(string RunId, string Database, DateTimeOffset Until);

/// <param name="Database">Which.</param>
/// <param name="Status"><c>equal</c> or <c>different</c>.</param>
/// <param name="Until">What was written up to then was compared.</param>
/// <param name="Tables">Rows and hash sum per table and side.</param>
/// <param name="Drift">What only one side has: nothing proves that equal.</param>
public sealed record ProveOutput(string Database, string Status, DateTimeOffset Until, IReadOnlyList<ProvedTable> Tables, IReadOnlyList<string>? Drift = null);

public sealed record ProvedTable(string Table, TableSum Former, TableSum Current);

/// <summary>The writer before a planned move, read in the other Region, and the one after it.</summary>
public sealed record DatabasePair(DatabaseEndpoint Former, DatabaseEndpoint Current);
