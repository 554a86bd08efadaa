using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Two dashboards a Region: how shoppers fare, and how the machinery does.</summary>
internal sealed class Dashboards : Construct
{
    private const int Width = 8;
    private readonly Deployment _deployment;
    private readonly RegionSettings _region;

    public Dashboards(Construct scope, string id, Deployment deployment, RegionSettings region, IReadOnlyList<string> alarms) : base(scope, id)
    {
        (_deployment, _region) = (deployment, region);
        Create("Health", "health", [.. Health(alarms)]);
        Create("System", "system", [.. System()]);
    }

    private string[] Journeys => _deployment.HasTwoRegions ? ["local", "remote", "global"] : ["local", "global"];

    private IEnumerable<JsonObject> Health(IReadOnlyList<string> alarms)
    {
        var account = Amazon.CDK.Stack.Of(this).Account;
        yield return Widget("alarm", "Alarms", new JsonObject
        {
            ["alarms"] = new JsonArray([.. alarms.Select(a => (JsonNode)$"arn:aws:cloudwatch:{_region.Code}:{account}:alarm:{a}")]),
        });
        yield return Metrics("Looks that failed, a minute", "Sum", 60, [.. Journeys.Select(j => Line("AWS/Lambda", "Errors", ("FunctionName", _deployment.Name($"look-{j}")), j))]);
        yield return Metrics("How long a look takes", "p90", 60, [.. Journeys.Select(j => Line("AWS/Lambda", "Duration", ("FunctionName", _deployment.Name($"look-{j}")), j))]);
        if (_deployment.CanaryMinutes == 0)
        {
            yield return Metrics("Purchases that failed, an hour", "Sum", 3600, [.. Journeys.Select(j => Line("AWS/Lambda", "Errors", ("FunctionName", _deployment.Name($"buy-{j}")), j))]);
            yield return Metrics("How long a purchase takes", "Maximum", 3600, [.. Journeys.Select(j => Line("AWS/Lambda", "Duration", ("FunctionName", _deployment.Name($"buy-{j}")), j))]);
        }
        else
        {
            string Canary(string j) => Constructs.Journeys.CanaryName(_deployment, j);
            yield return Metrics("Purchases by canaries: success (%)", "Average", 300, [.. Journeys.Select(j => Line("CloudWatchSynthetics", "SuccessPercent", ("CanaryName", Canary(j)), j))]);
            yield return Metrics("Purchases by canaries: worst success (%)", "Minimum", 300, [.. Journeys.Select(j => Line("CloudWatchSynthetics", "SuccessPercent", ("CanaryName", Canary(j)), j))]);
            yield return Metrics("Purchases by canaries: duration", "p90", 300, [.. Journeys.Select(j => Line("CloudWatchSynthetics", "Duration", ("CanaryName", Canary(j)), j))]);
            yield return Metrics("Purchases by canaries: longest", "Maximum", 300, [.. Journeys.Select(j => Line("CloudWatchSynthetics", "Duration", ("CanaryName", Canary(j)), j))]);
            yield return Metrics("Purchases by canaries: failed", "Sum", 300, [.. Journeys.Select(j => Line("CloudWatchSynthetics", "Failed", ("CanaryName", Canary(j)), j))]);
            yield return Metrics("Canaries: 4xx and 5xx", "Sum", 300,
                [.. Journeys.SelectMany(j => new[] { Line("CloudWatchSynthetics", "4xx", ("CanaryName", Canary(j)), $"{j} 4xx"), Line("CloudWatchSynthetics", "5xx", ("CanaryName", Canary(j)), $"{j} 5xx") })]);
        }

        yield return Metrics("APIs: errors", "Sum", 60, [.. Apis.Select(a => Line("AWS/Lambda", "Errors", ("FunctionName", _deployment.Name(a)), a))]);
        yield return Metrics("APIs: p99 duration", "p99", 60, [.. Apis.Select(a => Line("AWS/Lambda", "Duration", ("FunctionName", _deployment.Name(a)), a))]);
        yield return Metrics("Stores that were away", "Sum", 60, [.. Apis.Select(a => Own("DependencyFailures", a))]);
    }

    private IEnumerable<JsonObject> System()
    {
        foreach (var region in _deployment.PeerOf(_region) is { } other ? new[] { _region, other } : [_region])
        {
            yield return Metrics($"Orders created in {region.Code}", "Sum", 60, [Own("OrdersCreated", "orders", region)]);
        }

        yield return Metrics("Orders replayed and cancelled", "Sum", 60, [Own("OrdersReplayed", "orders"), Own("OrdersCancelled", "orders")]);
        yield return Metrics("Order events: relayed, waiting", "Sum", 60, [Own("OrderEventsRelayed", "relay-outbox"), Own("OutboxBacklog", "relay-outbox")]);
        if (_deployment.PeerOf(_region) is { } peer)
        {
            yield return Metrics("Databases: RPO lag here (ms)", "p99", 60, [.. Deployment.Databases.Select(d => Line("AWS/RDS", "AuroraGlobalDBRPOLag", [("DBClusterIdentifier", _deployment.Name(d, _region)), ("SourceRegion", peer.Code)], d))]);
            yield return Metrics("Databases: replication lag here (ms)", "p99", 60, [.. Deployment.Databases.Select(d => Line("AWS/RDS", "AuroraGlobalDBReplicationLag", [("DBClusterIdentifier", _deployment.Name(d, _region)), ("SourceRegion", peer.Code)], d))]);
            yield return Metrics("Databases: replicated writes", "Sum", 60, [.. Deployment.Databases.Select(d => Line("AWS/RDS", "AuroraGlobalDBReplicatedWriteIO", [("DBClusterIdentifier", _deployment.Name(d, _region)), ("SourceRegion", peer.Code)], d))]);
            yield return Metrics($"Tables: latency to {peer.Code} (ms)", "p99", 60,
                [.. new[] { "carts", "failover-control" }.Select(t => Line("AWS/DynamoDB", "ReplicationLatency", [("TableName", _deployment.Name(t)), ("ReceivingRegion", peer.Code)], t))]);
            yield return Metrics("Ready to take over", "Minimum", _deployment.PreflightMinutes * 60, [.. new[] { _region }.Select(r => Line("Shop/Failover", "FailoverReady", ("Region", r.Code), r.Code))]);
            yield return Metrics("Failovers: RTO, outage, RPO (s)", "Maximum", 3600, [.. new[] { "RtoSeconds", "OutageSeconds", "RpoSeconds" }.Select(m => Own(m, "summarize-run"))]);
            yield return Metrics("State machines: succeeded, failed", "Sum", 300,
                [.. new[] { "regional-failover", "failback", "reconciliation" }.SelectMany(m => new[] { Machine("ExecutionsSucceeded", m), Machine("ExecutionsFailed", m), Machine("ExecutionsTimedOut", m) })]);
            yield return Metrics("Starts that were missed", "Maximum", 60, [Line("AWS/SQS", "ApproximateNumberOfMessagesVisible", ("QueueName", _deployment.Name("missed-starts")), "missed")]);
        }

        yield return Metrics("Databases: capacity (ACU)", "Average", 60, [.. Deployment.Databases.Select(d => Line("AWS/RDS", "ServerlessDatabaseCapacity", ("DBClusterIdentifier", _deployment.Name(d, _region)), d))]);
        yield return Metrics("Databases: connections", "Maximum", 60, [.. Deployment.Databases.Select(d => Line("AWS/RDS", "DatabaseConnections", ("DBClusterIdentifier", _deployment.Name(d, _region)), d))]);
        foreach (var metric in new[] { "Invocations", "Throttles", "ConcurrentExecutions" })
        {
            yield return Metrics($"APIs: {metric}", metric == "ConcurrentExecutions" ? "Maximum" : "Sum", 60, [.. Apis.Select(a => Line("AWS/Lambda", metric, ("FunctionName", _deployment.Name(a)), a))]);
        }

        yield return Metrics("Cold starts", "Sum", 60, [.. Apis.Select(a => Line(ServiceFunction.MetricsNamespace(_deployment), "ColdStart", [("Service", a), ("FunctionName", _deployment.Name(a))], a))]);
        yield return Metrics("UI: processor and memory (%)", "Average", 60,
            [.. new[] { "CPUUtilization", "MemoryUtilization" }.Select(m => Line("AWS/ECS", m, [("ClusterName", _deployment.Name("store")), ("ServiceName", _deployment.Name("ui"))], m))]);
    }

    private static string[] Apis => ["catalog", "carts", "checkout", "orders"];

    private JsonArray Own(string metric, string service, RegionSettings? region = null) =>
        Line(ServiceFunction.MetricsNamespace(_deployment), metric, [("Service", service), ("Region", (region ?? _region).Code)], metric, region?.Code);

    private JsonArray Machine(string metric, string machine)
    {
        var arn = new StoreArns(this, _deployment, _region).StateMachine(machine);
        return Line("AWS/States", metric, ("StateMachineArn", arn), $"{machine} {metric}");
    }

    private JsonArray Line(string @namespace, string metric, (string Name, string Value) dimension, string label) => Line(@namespace, metric, [dimension], label);

    private JsonArray Line(string @namespace, string metric, (string Name, string Value)[] dimensions, string label, string? region = null)
    {
        JsonArray line = [@namespace, metric];
        foreach (var (name, value) in dimensions)
        {
            line.Add((JsonNode)name);
            line.Add((JsonNode)value);
        }

        line.Add(new JsonObject { ["label"] = label, ["region"] = region ?? _region.Code });
        return line;
    }

    private JsonObject Metrics(string title, string statistic, int period, JsonArray[] lines) => Widget("metric", title, new JsonObject
    {
        ["region"] = _region.Code,
        ["stat"] = statistic,
        ["period"] = period,
        ["view"] = "timeSeries",
        ["metrics"] = new JsonArray([.. lines]),
    });

    private static JsonObject Widget(string type, string title, JsonObject properties)
    {
        properties["title"] = title;
        return new JsonObject { ["type"] = type, ["width"] = Width, ["height"] = 6, ["properties"] = properties };
    }

    private void Create(string id, string name, JsonObject[] widgets)
    {
        for (var i = 0; i < widgets.Length; i++)
        {
            widgets[i]["x"] = i % 3 * Width;
            widgets[i]["y"] = i / 3 * 6;
        }

        _ = new CfnDashboard(this, id, new CfnDashboardProps
        {
            DashboardName = $"{_deployment.Name(name)}-{_region.Code}",
            DashboardBody = new JsonObject { ["widgets"] = new JsonArray([.. widgets]) }.ToJsonString(new global::System.Text.Json.JsonSerializerOptions
            {
                // Tokens of the CDK are `${Token[…]}` and must stay readable for it.
                Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }),
        });
    }
}
