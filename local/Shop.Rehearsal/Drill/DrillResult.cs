using System.Text.Json.Serialization;

namespace Shop.Rehearsal.Drill;

/// <summary>The file <c>artifacts/drill/latest/drill.json</c>.</summary>
/// <param name="Verdict"><c>pass</c> or <c>fail</c>.</param>
/// <param name="Acknowledged">Orders that a shopper was told are placed.</param>
/// <param name="Survived">Acknowledged orders that the new primary has.</param>
/// <param name="RtoSeconds">Region killed until the first order acknowledged in the other Region.</param>
/// <param name="RpoSeconds">Last moment known to be replicated until the Region was killed.</param>
internal sealed record DrillResult(
    string Verdict,
    int Acknowledged,
    int Survived,
    DrillMissing Missing,
    int Duplicates,
    IReadOnlyList<DrillPhase> Phases,
    double RtoSeconds,
    double RpoSeconds,
    string ExecutionArn,
    DrillReports Reports,
    IReadOnlyList<string> Findings,
    string Trigger,
    int Seed);

/// <param name="Expected">Orders acknowledged while replication was cut, by the shoppers' own ledger.</param>
/// <param name="Reported">Orders that the report calls missing.</param>
/// <param name="Oracle">Orders in the lost Region's binary log behind the last replicated position.</param>
internal sealed record DrillMissing(int Expected, int Reported, int Oracle);

internal sealed record DrillPhase(string Name, DateTimeOffset StartedAt, double Seconds);

internal sealed record DrillReports(string Json, string Csv, string Html);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DrillResult))]
internal sealed partial class DrillJson : JsonSerializerContext;
