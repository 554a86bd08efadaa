using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <param name="RunId">The run whose report is replayed.</param>
/// <param name="Database">Its database.</param>
/// <param name="Mode"><c>announce</c>, <c>dryRun</c>, <c>execute</c> (one batch) or <c>verify</c>.</param>
/// <param name="Source">The copy of the old primary.</param>
/// <param name="Target">The new primary.</param>
/// <param name="ApprovedBy">Who let it; needed to execute.</param>
/// <param name="SoFar">What the last batch answered.</param>
public sealed record ReplayInput(
    string RunId, string Database, string Mode, DatabaseEndpoint Source, DatabaseEndpoint Target, string? ApprovedBy = null, ReplayCounts? SoFar = null);

/// <summary>Counts of all batches so far; single outcomes are in the run's <c>replay/</c> files.</summary>
/// <param name="Next">Where the next batch begins.</param>
/// <param name="IsDone">Nothing is left.</param>
/// <param name="WouldInsert">In a dry run: what an execution would insert.</param>
/// <param name="Inserted">Put back.</param>
/// <param name="AlreadyThere">There, and the same.</param>
/// <param name="Conflicts">There with other content, refused, or gone from the source: left as they are.</param>
/// <param name="Events">Events that will be sent.</param>
/// <param name="Differing">After a comparison: how many still differ.</param>
public sealed record ReplayCounts(
    int Next = 0, bool IsDone = false, int WouldInsert = 0, int Inserted = 0, int AlreadyThere = 0, int Conflicts = 0, int Events = 0, int? Differing = null);
