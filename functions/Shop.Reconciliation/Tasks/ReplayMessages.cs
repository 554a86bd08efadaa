using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <param name="RunId">The run whose report is replayed.</param>
/// <param name="Database">Its database.</param>
/// <param name="Mode"><c>announce</c>, <c>dryRun</c>, <c>execute</c>, <c>verify</c> or <c>withdraw</c>: of each one batch.</param>
/// <param name="Source">The copy of the old primary.</param>
/// <param name="Target">The new primary.</param>
/// <param name="ApprovedBy">Who let it; needed to execute.</param>
/// <param name="SoFar">What the last batch answered.</param>
/// <param name="Execution">Who replays: its files do not overwrite another one's.</param>
/// <param name="Request">What the person asked for who started it.</param>
public sealed record ReplayInput(
    string RunId, string Database, string Mode, DatabaseEndpoint Source, DatabaseEndpoint Target, string? ApprovedBy = null, ReplayCounts? SoFar = null,
    string Execution = "by-hand", ReplayRequest? Request = null);

/// <param name="RequestedBy">Who asks.</param>
/// <param name="Include"><c>older-than-the-tail</c>: put back, too, what may have been deleted on purpose.</param>
public sealed record ReplayRequest(string? RequestedBy = null, string? Include = null);

/// <summary>Counts of all batches so far; single outcomes are in the run's <c>replay/</c> files.</summary>
/// <param name="Next">Where the next batch begins.</param>
/// <param name="IsDone">Nothing is left.</param>
/// <param name="WouldInsert">In a dry run: what an execution would insert.</param>
/// <param name="Inserted">Put back.</param>
/// <param name="AlreadyThere">There, and the same.</param>
/// <param name="Conflicts">There with other content, or refused: left as they are.</param>
/// <param name="Events">Events that will be sent.</param>
/// <param name="Gone">Not on the source any more, or never: the source may be the wrong one.</param>
/// <param name="Review">Missing, and left out: the report says that a person must look first.</param>
/// <param name="Differing">After a comparison: how many still differ.</param>
public sealed record ReplayCounts(
    int Next = 0, bool IsDone = false, int WouldInsert = 0, int Inserted = 0, int AlreadyThere = 0, int Conflicts = 0, int Events = 0, int Gone = 0,
    int Review = 0, int Differing = 0);

/// <summary>Written before a batch: whatever happens in it, who let it is on record.</summary>
public sealed record ReplayBatch(string RunId, string Execution, string ApprovedBy, string? RequestedBy, int From, int To, DateTimeOffset BegunAt);
