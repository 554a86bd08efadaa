using System.Text.Json.Serialization;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Replaying;

/// <summary>What became of one missing aggregate.</summary>
/// <param name="Key">The aggregate.</param>
/// <param name="Result">What was done, or in a dry run would be.</param>
/// <param name="Reason">Why not, when it was not.</param>
/// <param name="Rows">Rows inserted, children included.</param>
/// <param name="Events">Events that will be sent, under their own ids.</param>
/// <param name="At">When, by the clock of the process.</param>
/// <param name="ApprovedBy">Who let it; null in a dry run.</param>
public sealed record ReplayOutcome(
    AggregateKey Key, ReplayResult Result, string? Reason, int Rows, int Events, DateTimeOffset At, string? ApprovedBy);

[JsonConverter(typeof(JsonStringEnumConverter<ReplayResult>))]
public enum ReplayResult
{
    /// <summary>In a dry run: it would be inserted.</summary>
    WouldInsert,

    /// <summary>Inserted, with all that belongs to it.</summary>
    Inserted,

    /// <summary>There already, the same: replayed before, or submitted again by its customer.</summary>
    AlreadyThere,

    /// <summary>There with other content, or refused by the database. Left as it is, for a person.</summary>
    Conflict,

    /// <summary>No longer on the source.</summary>
    SourceGone,
}
