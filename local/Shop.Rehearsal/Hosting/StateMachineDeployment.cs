using System.Globalization;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Hosting;

/// <summary>Creates a Region's state machines from the same files that CDK deploys, with the same substitutions.</summary>
internal sealed class StateMachineDeployment(Workspace workspace, RehearsalOptions options)
{
    public const string ApprovalTopic = "failover-approval";
    public const string NotificationTopic = "failover-notification";

    public void Deploy(StepFunctionsService service, string region, string controlArn, string peerControlArn, string catalogWriter, string ordersWriter)
    {
        foreach (var name in (string[])["routing-control", "aurora-failover", "reconciliation", "replay", "regional-failover", "preflight", "failback"])
        {
            var text = File.ReadAllText(Path.Combine(workspace.StateMachines, name + ".asl.json"));
            var all = Substitutions(region, controlArn, peerControlArn, catalogWriter, ordersWriter);
            // Each file takes its own; Apply still fails on a name that nothing supplies.
            var used = all.Where(s => text.Contains("${" + s.Key + "}", StringComparison.Ordinal)).ToDictionary();
            service.Create(name, AslSubstitutions.Apply(text, used));
        }
    }

    public static string MachineArn(string region, string name) => $"arn:aws:states:{region}:000000000000:stateMachine:{name}";

    public static string TopicArn(string region, string name) => $"arn:aws:sns:{region}:000000000000:{name}";

    private Dictionary<string, string> Substitutions(string region, string controlArn, string peerControlArn, string catalogWriter, string ordersWriter)
    {
        var peer = options.Peer(region);
        var all = new Dictionary<string, string>
        {
            ["Region"] = region,
            ["PeerRegion"] = peer,
            ["ControlTable"] = FunctionCatalog.ControlTable,
            ["RoutingControlArn"] = controlArn,
            ["PeerRoutingControlArn"] = peerControlArn,
            ["CatalogGlobalClusterId"] = "shop-catalog",
            ["OrdersGlobalClusterId"] = "shop-orders",
            ["CatalogClusterId"] = $"shop-catalog-{region}",
            ["OrdersClusterId"] = $"shop-orders-{region}",
            ["PeerCatalogClusterId"] = $"shop-catalog-{peer}",
            ["PeerOrdersClusterId"] = $"shop-orders-{peer}",
            ["CatalogClusterArn"] = ClusterArn(region, "catalog"),
            ["OrdersClusterArn"] = ClusterArn(region, "orders"),
            ["PeerOrdersClusterArn"] = ClusterArn(peer, "orders"),
            ["PollSeconds"] = options.PollSeconds.ToString(CultureInfo.InvariantCulture),
            ["SnapshotPollSeconds"] = options.PollSeconds.ToString(CultureInfo.InvariantCulture),
            ["StatusPollSeconds"] = options.PollSeconds.ToString(CultureInfo.InvariantCulture),
            ["CooldownMinutes"] = options.CooldownMinutes.ToString(CultureInfo.InvariantCulture),
            ["RoutingControlMachineArn"] = MachineArn(region, "routing-control"),
            ["AuroraFailoverMachineArn"] = MachineArn(region, "aurora-failover"),
            ["ReconciliationMachineArn"] = MachineArn(region, "reconciliation"),
            ["RegionalFailoverMachineArn"] = MachineArn(region, "regional-failover"),
            ["PreflightMachineArn"] = MachineArn(region, "preflight"),
            ["ApprovalTopicArn"] = TopicArn(region, ApprovalTopic),
            ["CatalogWriterHost"] = Host(catalogWriter),
            ["CatalogWriterPort"] = Port(catalogWriter),
            ["CatalogAdminSecretId"] = "shop-catalog-admin",
            ["OrdersWriterHost"] = Host(ordersWriter),
            ["OrdersWriterPort"] = Port(ordersWriter),
            ["OrdersAdminSecretId"] = "shop-orders-admin",
            // What a restored cluster needs in AWS; the servers here have none of it.
            ["EngineVersion"] = "8.0.mysql_aurora.3.08.0",
            ["DbSubnetGroup"] = "rehearsal",
            ["DbSecurityGroup"] = "sg-00000000000000000",
            ["KmsKeyId"] = "alias/rehearsal",
            ["InstanceClass"] = "db.serverless",
            ["NotificationTopicArn"] = TopicArn(region, NotificationTopic),
        };
        foreach (var task in (string[])["SetRoutingControls", "GetRoutingControls", "EvaluatePreflight", "OpenEpoch", "PlaceSyntheticOrder", "SummarizeRun", "SwitchoverGlobalCluster"])
        {
            all[$"{task}Arn"] = FunctionArn(region, FunctionCatalog.NameOf(task));
        }

        foreach (var task in (string[])["FindSnapshot", "Plan", "Compare", "Report", "Replay", "Prove"])
        {
            all[$"Reconcile{task}Arn"] = FunctionArn(region, FunctionCatalog.NameOf(task, "reconcile-"));
        }

        return all;
    }

    private static string Host(string endpoint) => endpoint.Split(':')[0];

    private static string Port(string endpoint) => endpoint.Split(':')[1];

    private static string ClusterArn(string region, string database) => $"arn:aws:rds:{region}:000000000000:cluster:shop-{database}-{region}";

    private static string FunctionArn(string region, string name) => $"arn:aws:lambda:{region}:000000000000:function:{name}";
}
