using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.Hosting;

namespace Shop.Simulation.Executions;

/// <summary>The inputs by which executions are started.</summary>
internal static class Triggers
{
    private static readonly string Template = (string)JsonNode.Parse(
        File.ReadAllText(Path.Combine(Workspace.Find().StateMachines, "rules", "peer-region-down.json")))!["Target"]!["InputTransformer"]!["InputTemplate"]!;

    /// <summary>What an operator types in a real emergency.</summary>
    public static JsonElement Operator { get; } = JsonElement.Parse("""{"mode":"failover","allowDataLoss":true,"dryRun":false}""");

    public static JsonElement Switchover { get; } = JsonElement.Parse("""{"mode":"switchover","dryRun":false}""");

    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    /// <summary>What EventBridge makes of the alarm, by the rule's own template.</summary>
    public static JsonElement Alarm(string eventId, bool asksForApproval = false) => JsonElement.Parse(Template
        .Replace("<id>", $"\"{eventId}\"", StringComparison.Ordinal)
        .Replace("<alarm>", "\"peer-region-down\"", StringComparison.Ordinal)
        .Replace("<at>", "\"2030-01-01T00:00:00Z\"", StringComparison.Ordinal)
        .Replace("<reason>", "\"journeys fail\"", StringComparison.Ordinal)
        .Replace("${MaxRpoSeconds}", "null", StringComparison.Ordinal)
        .Replace("${ApprovalRequired}", asksForApproval ? "true" : "false", StringComparison.Ordinal));
}
