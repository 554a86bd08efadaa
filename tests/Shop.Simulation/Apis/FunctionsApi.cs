using System.Text.Json;
using Shop.Asl;
using Shop.Failover.Preflight;
using Shop.Failover.Records;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Apis;

/// <summary>The functions that the machines call, by what they do to the world. The pre-flight verdict and the run's figures are the real code.</summary>
internal static class FunctionsApi
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static JsonElement Call(SimulatedExecution execution, ActionName action, JsonElement payload)
    {
        if (execution.Cloud.World.Setup.FailingFunctions.TryGetValue(action.Action, out var error) && !execution.Cloud.IsHealed)
        {
            throw new TaskFailureException(error, """{"errorMessage":"The scenario makes it fail."}""");
        }

        var answer = action.Action switch
        {
            "shop-set-routing-controls" => SetRouting(execution, payload),
            "shop-get-routing-controls" when execution.Cloud.World.Setup.RoutingFunctionSwallowsErrors => Swallowed,
            "shop-get-routing-controls" => GetRouting(execution.Cloud.World, payload),
            "shop-evaluate-preflight" => JsonSerializer.SerializeToElement(PreflightVerdict.Evaluate(payload.Deserialize<PreflightRequest>(Json)!), Json),
            "shop-switchover-global-cluster" => SwitchOver(execution, payload),
            "shop-summarize-run" => JsonSerializer.SerializeToElement(RunSummarizer.Summarize(payload.Deserialize<RunFacts>(Json)!), Json),
            "shop-open-epoch" => OpenEpoch(execution, payload),
            "shop-place-synthetic-order" => PlaceOrder(execution, payload),
            "shop-reconcile-find-snapshot" => ReconciliationFunctions.FindSnapshot(execution, payload),
            "shop-reconcile-plan" => ReconciliationFunctions.Plan(execution, payload),
            "shop-reconcile-compare" => ReconciliationFunctions.Compare(execution, payload),
            "shop-reconcile-report" => ReconciliationFunctions.Report(execution, payload),
            "shop-reconcile-prove" => ReconciliationFunctions.Prove(execution, payload),
            _ => throw Errors.Unknown(action),
        };
        return Answer.Object(writer =>
        {
            writer.WriteString("ExecutedVersion"u8, "$LATEST");
            writer.WritePropertyName("Payload"u8);
            answer.WriteTo(writer);
            writer.WriteNumber("StatusCode"u8, 200);
        });
    }

    /// <summary>What a function answers that keeps its troubles to itself: planted by a test.</summary>
    private static JsonElement Swallowed { get; } = JsonElement.Parse("""{"changed":false,"converged":true,"states":[],"endpoint":"none"}""");

    private static List<(string Arn, bool IsOn)> Entries(JsonElement payload) =>
        [.. payload.GetProperty("entries").EnumerateArray().Select(e => (e.Text("arn"), e.Text("state") == "On"))];

    private static string Endpoint(World world, string? exclude) => world.Routing.Endpoint(exclude)
        ?? throw new TaskFailureException("Shop.EndpointsExhausted", "No endpoint of the ARC cluster could serve the call.");

    private static JsonElement SetRouting(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        var entries = Entries(payload);
        if (world.Setup.RoutingFunctionSwallowsErrors && world.Routing.Endpoint(null) is null)
        {
            return Swallowed;
        }

        var endpoint = Endpoint(world, null);
        var changes = entries.Any(e => world.Routing.Read(e.Arn, endpoint) != e.IsOn);
        if (changes)
        {
            endpoint = Endpoint(world, null);
            var before = RegionCode.Both.Where(world.Routing.IsOn).ToList();
            world.Routing.Set(entries, endpoint);
            world.Referee.RoutingSet(execution, [.. before.Where(region => !world.Routing.IsOn(region))]);
        }

        return Answer.Object(writer =>
        {
            writer.WriteBoolean("changed"u8, changes);
            writer.WriteString("endpoint"u8, endpoint);
        });
    }

    private static JsonElement GetRouting(World world, JsonElement payload)
    {
        var entries = Entries(payload);
        var endpoint = Endpoint(world, payload.Text("excludeEndpoint") is { Length: > 0 } exclude ? exclude : null);
        return Answer.Object(writer =>
        {
            writer.WriteBoolean("converged"u8, entries.All(e => world.Routing.Read(e.Arn, endpoint) == e.IsOn));
            writer.WriteStartArray("states"u8);
            foreach (var (arn, _) in entries)
            {
                writer.WriteStartObject();
                writer.WriteString("arn"u8, arn);
                writer.WriteString("state"u8, world.Routing.Read(arn, endpoint) ? "On" : "Off");
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("endpoint"u8, endpoint);
        });
    }

    private static JsonElement SwitchOver(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        if (world.IsGone(RegionCode.Peer(execution.Region)))
        {
            throw new TaskFailureException("Rds.ServiceUnavailable", "The other Region does not answer.");
        }

        try
        {
            RdsApi.ChangeWriter(execution, RdsApi.Global(world, payload.Text("globalClusterId")), payload.Text("targetClusterArn"), allowsLoss: false);
        }
        catch (TaskFailureException refused)
        {
            // The function names errors as the query API does.
            throw new TaskFailureException(refused.Error.Replace("Exception", "Fault", StringComparison.Ordinal), refused.Cause);
        }

        return Answer.Object(writer => writer.WriteString("status"u8, "switching-over"));
    }

    private static JsonElement OpenEpoch(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        var database = world.Database(payload.Text("database"));
        RequireWriter(world, database, execution.Region);
        return Answer.Object(writer =>
        {
            writer.WriteString("database"u8, database.Name);
            writer.WriteNumber("epoch"u8, database.Promotions.Count(p => p.DoneAt is not null) + 1);
            writer.WriteString("writerRegion"u8, execution.Region);
            writer.WriteString("since"u8, Answer.Iso(world.Time.Now));
            writer.WriteString("newestOrderOn"u8, Answer.Iso(world.Time.Now - world.Setup.Lag));
        });
    }

    private static JsonElement PlaceOrder(SimulatedExecution execution, JsonElement payload)
    {
        var world = execution.Cloud.World;
        if (!world.Setup.StoreSells && !execution.Cloud.IsHealed)
        {
            throw new TaskFailureException("Shop.StoreNotSelling", "POST /orders answered 503.");
        }

        foreach (var database in world.Databases)
        {
            RequireWriter(world, database, execution.Region);
        }

        return Answer.Object(writer =>
        {
            writer.WriteString("orderId"u8, payload.Text("runId"));
            writer.WriteString("region"u8, execution.Region);
            writer.WriteNumber("epoch"u8, 1);
            writer.WriteBoolean("readBack"u8, true);
            writer.WriteBoolean("cancelled"u8, true);
        });
    }

    /// <summary>A write from a Region by the global writer endpoint.</summary>
    private static void RequireWriter(World world, GlobalDatabase database, string region)
    {
        if (database.Writer != region && (world.IsGone(database.Writer) || world.IsGone(region)))
        {
            throw new TaskFailureException("Shop.StoreNotSelling", $"The writer of {database.Name} does not answer.");
        }
    }
}
