using System.Text.Json.Serialization;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Rows;

namespace Shop.Nemesis.Running;

internal enum RowStatus
{
    Passed,

    /// <summary>Nothing broke, and something went otherwise than the matrix says.</summary>
    Deviates,
    Failed,

    /// <summary>The fault could not be had here.</summary>
    NotInjected,
}

internal sealed record ShownJudgement(string Invariant, string Says, Truth Truth, string Because, bool Required);

/// <summary>What came of a row: kept in a file of its own, so that a report can be drawn from runs at different times.</summary>
internal sealed record RowResult(
    string Id, string Name, Seems Seems, string Fault, string Expected, RowStatus Status, string? Reason, int Seed, string Commit, DateTimeOffset StartedAt, DateTimeOffset EndedAt,
    IReadOnlyList<Band> Bands, IReadOnlyList<Finding> Proofs, IReadOnlyList<Finding> Expectations, IReadOnlyList<string> Deviations, IReadOnlyList<ShownJudgement> Judgements,
    IReadOnlyList<Moment> Timeline, IReadOnlyList<DateTimeOffset> Acknowledgements, int Acknowledged, int Unknown, int Refused, IReadOnlyList<Guid> Smallest);

internal sealed record NemesisReport(DateTimeOffset WrittenAt, string Commit, int Rows, int Passed, int Deviating, int Failed, int NotInjected, int Violations, IReadOnlyList<RowResult> Results);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RowResult))]
[JsonSerializable(typeof(NemesisReport))]
internal sealed partial class ResultJson : JsonSerializerContext;
