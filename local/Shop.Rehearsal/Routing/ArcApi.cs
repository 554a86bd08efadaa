using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.Routing;

/// <summary>The data plane of ARC routing control (<c>route53-recovery-cluster</c>).</summary>
public static class ArcApi
{
    private const int MostUpdates = 100;

    public static AwsJsonApi Create(ArcCluster cluster) => new("ToggleCustomerAPI", "1.0", new Dictionary<string, AwsOperation>
    {
        ["GetRoutingControlState"] = (input, _) => Task.FromResult(Get(cluster, input)),
        ["ListRoutingControls"] = (input, _) => Task.FromResult(List(cluster, input)),
        ["UpdateRoutingControlState"] = (input, _) => Task.FromResult(Update(cluster, [input], input)),
        ["UpdateRoutingControlStates"] = (input, _) => Task.FromResult(
            Update(cluster, input.OptionalList("UpdateRoutingControlStateEntries"), input)),
    });

    private static JsonObject Get(ArcCluster cluster, JsonElement input)
    {
        var control = cluster.Get(input.RequiredString("RoutingControlArn"));
        return new()
        {
            ["RoutingControlArn"] = control.Arn,
            ["RoutingControlName"] = control.Name,
            ["RoutingControlState"] = State(control),
        };
    }

    private static JsonObject List(ArcCluster cluster, JsonElement input)
    {
        if (input.OptionalString("ControlPanelArn") is { } panel && panel != cluster.ControlPanelArn)
        {
            throw new AwsServiceException("ResourceNotFoundException", $"Control panel {panel} was not found.", 404)
            {
                Members = new() { ["resourceId"] = panel, ["resourceType"] = "ControlPanel" },
            };
        }

        var size = input.OptionalInt("MaxResults") ?? 500;
        var start = int.TryParse(input.OptionalString("NextToken"), out var token) ? token : 0;
        if (size < 1)
        {
            throw AwsRequest.Invalid("MaxResults must be 1 or more.");
        }

        var all = cluster.Controls;
        var output = new JsonObject
        {
            ["RoutingControls"] = new JsonArray([.. all.Skip(start).Take(size).Select(control => new JsonObject
            {
                ["ControlPanelArn"] = cluster.ControlPanelArn,
                ["ControlPanelName"] = "store",
                ["RoutingControlArn"] = control.Arn,
                ["RoutingControlName"] = control.Name,
                ["RoutingControlState"] = State(control),
                ["Owner"] = "000000000000",
            })]),
        };
        if (start + size < all.Count)
        {
            output["NextToken"] = $"{start + size}";
        }

        return output;
    }

    private static JsonObject Update(ArcCluster cluster, IReadOnlyList<JsonElement> entries, JsonElement input)
    {
        if (entries.Count == 0)
        {
            throw AwsRequest.Invalid("UpdateRoutingControlStateEntries must not be empty.");
        }

        if (entries.Count > MostUpdates)
        {
            throw new AwsServiceException("ServiceLimitExceededException", "Try again with fewer routing control states.", 402)
            {
                Members = new() { ["limitCode"] = "UpdateRoutingControlStateEntries", ["serviceCode"] = "route53-recovery-cluster" },
            };
        }

        var wanted = entries.Select(entry => (entry.RequiredString("RoutingControlArn"), IsOn(entry))).ToList();
        if (wanted.DistinctBy(entry => entry.Item1).Count() != wanted.Count)
        {
            throw AwsRequest.Invalid("A routing control must not be named twice in an update.");
        }

        cluster.Update(wanted, input.OptionalStrings("SafetyRulesToOverride"));
        return [];
    }

    private static bool IsOn(JsonElement entry) => entry.RequiredString("RoutingControlState") switch
    {
        "On" => true,
        "Off" => false,
        var other => throw AwsRequest.Invalid($"RoutingControlState must be On or Off, not '{other}'."),
    };

    private static string State(ArcRoutingControl control) => control.IsOn ? "On" : "Off";
}
