using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>
/// The tasks that state machines can't do themselves. Those that ask AWS, also in the other Region, run outside the VPC and so need no endpoint of it; those
/// that ask a database or the store run inside.
/// </summary>
internal sealed class TaskFunctions : Construct
{
    private readonly Deployment _deployment;
    private readonly RegionSettings _region;
    private readonly RegionSettings _peer;
    private readonly NetworkStack _network;
    private readonly Dictionary<string, ServiceFunction> _functions = [];

    public TaskFunctions(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network, DataStack data) : base(scope, id)
    {
        (_deployment, _region, _network) = (deployment, region, network);
        _peer = deployment.PeerOf(region)!;
        AddFailover();
        AddReconciliation(data);
    }

    /// <summary>By the names that state machine definitions have for them: <c>OpenEpochArn</c>, <c>ReconcilePlanArn</c>.</summary>
    public IReadOnlyDictionary<string, string> Substitutions => _functions.ToDictionary(f => $"{f.Key}Arn", f => f.Value.Alias.FunctionArn);

    public ServiceFunction this[string task] => _functions[task];

    private void AddFailover()
    {
        var names = new StoreArns(this, _deployment, _region);
        var may = new Permissions(this, _deployment, _network.Key);
        var routing = new RoutingAccess(this, _deployment, _region);
        Add("SetRoutingControls", Failover("SetRoutingControls", routing.Environment) with { Permissions = routing.Change });
        Add("GetRoutingControls", Failover("GetRoutingControls", routing.Environment) with { Permissions = routing.Read });
        Add("EvaluatePreflight", Failover("EvaluatePreflight", new() { ["ALARM_SECONDS"] = RegionAlarms.SecondsUntilTrigger.ToString(CultureInfo.InvariantCulture) }));
        Add("SummarizeRun", Failover("SummarizeRun", []));
        Add("SwitchoverGlobalCluster", Failover("SwitchoverGlobalCluster", new() { ["PEER_REGION"] = _peer.Code }) with
        {
            Permissions =
            [
                Statements.Allow(["rds:SwitchoverGlobalCluster", "rds:DescribeGlobalClusters"],
                    [.. Deployment.Databases.Select(names.GlobalCluster), .. Deployment.Databases.SelectMany(d => _deployment.Regions.Select(r => names.Cluster(d, r)))]),
            ],
        });
        var inside = new NetworkAccess(_network.Vpc, _network.Firewall.Functions);
        Add("OpenEpoch", Failover("OpenEpoch", DatabaseSettings.OfAll(this, _deployment)) with
        {
            Network = inside,
            Permissions = may.ReadSecret("catalog-admin", "orders-admin"),
        });
        Add("PlaceSyntheticOrder", Failover("PlaceSyntheticOrder", new() { ["ORDERS_URL"] = _deployment.ApiUrl(_region) }) with { Network = inside });
    }

    private void AddReconciliation(DataStack data)
    {
        var names = new StoreArns(this, _deployment, _region);
        var may = new Permissions(this, _deployment, _network.Key);
        var inside = new NetworkAccess(_network.Vpc, _network.Firewall.Functions);
        PolicyStatement[] keepReports =
        [
            Statements.Allow(["s3:GetObject", "s3:PutObject"], data.Reports.ArnForObjects("*")),
            // Without it an object that does not exist looks like one that is forbidden.
            Statements.Allow(["s3:ListBucket"], data.Reports.BucketArn),
            may.UseKey("kms:Decrypt", "kms:GenerateDataKey"),
        ];
        Dictionary<string, string> outside = new() { ["REPORT_BUCKET"] = data.Reports.BucketName, ["PEER_REGION"] = _peer.Code };
        Dictionary<string, string> databases = new(DatabaseSettings.OfAll(this, _deployment, _peer)) { ["REPORT_BUCKET"] = data.Reports.BucketName };
        PolicyStatement[] compare = [.. may.ReadSecret("catalog-admin", "orders-admin"), .. keepReports];
        Add("ReconcileFindSnapshot", Reconciliation("FindSnapshot", outside) with
        {
            Permissions =
            [
                Statements.Allow(["rds:DescribeDBClusterSnapshots"],
                    [.. Deployment.Databases.Select(d => names.Cluster(d, _peer)), names.Rds("cluster-snapshot:*", _peer)]),
            ],
        });
        Add("ReconcilePlan", Reconciliation("Plan", databases) with { Network = inside, Permissions = compare });
        Add("ReconcileCompare", Reconciliation("Compare", databases) with { Network = inside, Permissions = compare });
        Add("ReconcileProve", Reconciliation("Prove", databases) with { Network = inside, Permissions = compare });
        Add("ReconcileReplay", Reconciliation("Replay", databases) with { Network = inside, Permissions = compare });
        Add("ReconcileReport", Reconciliation("Report", outside) with { Permissions = keepReports });
    }

    private static ServiceFunctionProps Failover(string handler, Dictionary<string, string> environment) =>
        new(Kebab(handler), "shop-failover", handler, environment) { TimeoutSeconds = 100, Reserved = 5 };

    // 15 minutes: what a comparison is planned for, and what Lambda gives at most.
    private static ServiceFunctionProps Reconciliation(string handler, Dictionary<string, string> environment) =>
        new($"reconcile-{Kebab(handler)}", "shop-reconciliation", handler, environment) { TimeoutSeconds = 900, MemoryMb = 1024, Reserved = 10 };

    private void Add(string task, ServiceFunctionProps props) => _functions[task] = new ServiceFunction(this, task, _deployment, _network.Key, props);

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : c.ToString()));
}
