using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Replaying;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ReconciliationPlan))]
[JsonSerializable(typeof(Difference))]
[JsonSerializable(typeof(RunManifest))]
[JsonSerializable(typeof(VersionResult))]
[JsonSerializable(typeof(GroupResult))]
[JsonSerializable(typeof(Report))]
[JsonSerializable(typeof(NdjsonEntry))]
[JsonSerializable(typeof(ReplayOutcome))]
[JsonSerializable(typeof(ReplayBatch))]
[JsonSerializable(typeof(MissingKey))]
[JsonSerializable(typeof(FindSnapshotInput))]
[JsonSerializable(typeof(FindSnapshotOutput))]
[JsonSerializable(typeof(PlanInput))]
[JsonSerializable(typeof(PlanOutput))]
[JsonSerializable(typeof(CompareInput))]
[JsonSerializable(typeof(CompareOutput))]
[JsonSerializable(typeof(ProveInput))]
[JsonSerializable(typeof(ProveOutput))]
[JsonSerializable(typeof(ReplayInput))]
[JsonSerializable(typeof(ReplayCounts))]
[JsonSerializable(typeof(ReportInput))]
[JsonSerializable(typeof(ReportOutput))]
public sealed partial class RJson : JsonSerializerContext
{
    /// <summary>For the report, which people read too: indented, and with letters as they are.</summary>
    public static RJson Indented { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
