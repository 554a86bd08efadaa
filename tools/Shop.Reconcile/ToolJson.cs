using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Reconciliation.Plans;

namespace Shop.Reconcile;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RunFile))]
[JsonSerializable(typeof(RunStatistics))]
[JsonSerializable(typeof(ConfigFile))]
[JsonSerializable(typeof(ReconciliationPlan))]
internal sealed partial class ToolJson : JsonSerializerContext;

/// <summary>A configuration with several kinds of aggregates; one kind may also stand alone in its file.</summary>
internal sealed record ConfigFile(IReadOnlyList<ReconciliationPlan> Aggregates);

/// <summary>What a run needs to be gone on with: everything but the passwords.</summary>
internal sealed record RunFile(
    string RunId, string Source, string Target, string Tls, string? TlsCa, IReadOnlyList<string> Aggregates, IReadOnlyList<string> Skipped);

/// <summary>What each phase of the last command took; bytes are those of both connections, both ways.</summary>
internal sealed record RunStatistics(IReadOnlyList<PhaseStatistics> Phases);

internal sealed record PhaseStatistics(string Aggregate, string Phase, double Seconds, long Bytes, double PeakMegabytes, int Found);
