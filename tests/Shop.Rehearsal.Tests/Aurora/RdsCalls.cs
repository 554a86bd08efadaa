using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.Aurora;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.Aurora;

/// <summary>Calls RDS as a state machine does.</summary>
internal static class RdsCalls
{
    public static async Task<JsonNode> CallAsync(this Fleet fleet, string region, string action, string parameters)
    {
        var answer = await new RdsIntegration(fleet.Aurora).CallAsync(
            region, action, JsonDocument.Parse(parameters).RootElement, TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer.GetRawText())!;
    }

    public static async Task<string> RefusedAsync(this Fleet fleet, string region, string action, string parameters) =>
        (await Assert.ThrowsAsync<RdsFault>(() => fleet.CallAsync(region, action, parameters))).StatesError;

    public static Task UntilAsync(this Fleet fleet, string region, string action, string parameters, string list, string member, string value) =>
        Eventually.HoldsAsync(async () => (string?)(await fleet.CallAsync(region, action, parameters))[list]![0]![member] == value);
}
