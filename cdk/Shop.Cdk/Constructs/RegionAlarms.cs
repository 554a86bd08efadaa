using System.Collections.Generic;
using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>
/// A Region's alarms. The one that may start a failover needs two observers that see the other Region gone, and a healthy self: a broken watcher must not
/// fail the store over.
/// </summary>
internal sealed class RegionAlarms : Construct
{
    /// <summary>
    /// How long the other Region has been gone when the trigger goes off: the minutes that alarms look at, the one in which it went, and one until CloudWatch
    /// has seen them. Preflight judges the lag of before.
    /// </summary>
    public const int SecondsUntilTrigger = (Minutes + 2) * 60;

    private const int Minutes = 3;
    private readonly Deployment _deployment;
    private readonly string _topicArn;
    private readonly List<string> _names = [];

    public RegionAlarms(Construct scope, string id, Deployment deployment, RegionSettings region, string topicArn) : base(scope, id)
    {
        (_deployment, _topicArn) = (deployment, topicArn);
        Look("LookLocal", "look-local", "This Region does not sell", tell: true, "breaching");
        Look("LookGlobal", "look-global", "The store's name does not lead to a Region that sells", tell: true, "breaching");
        foreach (var api in new[] { "catalog", "carts", "checkout", "orders" })
        {
            Metric($"{Pascal(api)}Away", $"{api}-away", $"{api} could not use a store it needs", ServiceFunction.MetricsNamespace(deployment), "DependencyFailures",
                new() { ["Service"] = api, ["Region"] = region.Code }, "Sum", 5, 2, 3);
            Metric($"{Pascal(api)}Errors", $"{api}-errors", $"{api} fails", "AWS/Lambda", "Errors", Function(api), "Sum", 5, 2, 3);
        }

        if (deployment.CanaryMinutes == 0)
        {
            Metric("BuyLocal", "buy-local", "Nothing could be bought in this Region", "AWS/Lambda", "Errors", Function("buy-local"), "Sum", 1, 2, 2, period: 3600);
        }

        Metric("Outbox", "outbox-backlog", "Order events wait for the broker", ServiceFunction.MetricsNamespace(deployment), "OutboxBacklog",
            new() { ["Service"] = "relay-outbox", ["Region"] = region.Code }, "Maximum", 100, 10, 15);
        foreach (var database in Deployment.Databases)
        {
            Metric($"{Pascal(database)}Busy", $"{database}-busy", $"{database} is near its largest capacity", "AWS/RDS", "ACUUtilization", Cluster(database, region), "Average", 90, 5, 5);
        }

        if (deployment.PeerOf(region) is { } peer)
        {
            AddFailover(region, peer);
        }
    }

    /// <summary>Names of all metric alarms, for the dashboard.</summary>
    public IReadOnlyList<string> All => _names;

    private void AddFailover(RegionSettings region, RegionSettings peer)
    {
        // Told by the trigger, not by mail: the composite alarm is.
        Look("LookRemote", "look-remote", $"{peer.Code} does not sell, seen from here", tell: false, "notBreaching");
        foreach (var database in Deployment.Databases)
        {
            Metric($"{Pascal(database)}Behind", $"{database}-behind", $"{database} here is more than 30 s behind its writer", "AWS/RDS", "AuroraGlobalDBRPOLag", Secondary(database, region, peer), "Maximum", 30_000, 3, 5);
        }

        // A writer has no lag and so no data: in the Region that writes this one is red, and promoting what is the writer already does nothing.
        Metric("ReplicationSilent", "replication-silent", $"Nothing arrives from {peer.Code}'s databases", "AWS/RDS", "AuroraGlobalDBRPOLag", Secondary("orders", region, peer), "Maximum", 30_000, Minutes, Minutes,
            "GreaterThanThreshold", "breaching", tell: false);
        Metric("NotReady", "failover-not-ready", "This Region could not take over; preflight's history says why", "Shop/Failover", "FailoverReady", new() { ["Region"] = region.Code }, "Minimum", 1, 1, 1,
            "LessThanThreshold", "breaching", period: _deployment.PreflightMinutes * 120);
        Metric("MissedStarts", "missed-starts", "A rule could not start its state machine", "AWS/SQS", "ApproximateNumberOfMessagesVisible", new() { ["QueueName"] = _deployment.Name("missed-starts") }, "Maximum", 0, 1, 1, "GreaterThanThreshold");
        Metric("Maintenance", "maintenance", "Set by people, who don't want a failover now: see the runbook", "Shop/Failover", "Maintenance", new() { ["Region"] = region.Code }, "Maximum", 0, 1, 1, "GreaterThanThreshold", "ignore", tell: false);
        Metric("StopChaos", "stop-chaos", "Set by people, to end an experiment: see the runbook", "Shop/Failover", "StopChaos", new() { ["Region"] = region.Code }, "Maximum", 0, 1, 1, "GreaterThanThreshold", "ignore", tell: false);
        var down = new CfnCompositeAlarm(this, "PeerRegionDown", new CfnCompositeAlarmProps
        {
            AlarmName = _deployment.Name("peer-region-down"),
            AlarmDescription = $"{peer.Code} does not sell, nothing arrives from its databases, and this Region is well: starts regional-failover by a rule",
            AlarmRule = $"ALARM(\"{_deployment.Name("look-remote")}\") AND ALARM(\"{_deployment.Name("replication-silent")}\") AND OK(\"{_deployment.Name("look-pages")}\")",
            ActionsSuppressor = _deployment.Name("maintenance"),
            ActionsSuppressorWaitPeriod = 60,
            ActionsSuppressorExtensionPeriod = 60,
            AlarmActions = [_topicArn],
            OkActions = [_topicArn],
        });
        Look("LookPages", "look-pages", "This Region does not even show its pages", tell: true, "breaching");
        foreach (var alarm in Node.FindAll().OfType<CfnAlarm>())
        {
            down.AddDependency(alarm);
        }
    }

    private void Look(string id, string function, string description, bool tell, string missing) =>
        Metric(id, function, description, "AWS/Lambda", "Errors", Function(function), "Sum", 1, Minutes, Minutes, "GreaterThanOrEqualToThreshold", missing, tell: tell);

    private void Metric(string id, string name, string description, string @namespace, string metric, Dictionary<string, string> dimensions, string statistic, double threshold,
        int bad, int of, string comparison = "GreaterThanOrEqualToThreshold", string missing = "notBreaching", bool tell = true, int period = 60)
    {
        _names.Add(_deployment.Name(name));
        _ = new CfnAlarm(this, id, new CfnAlarmProps
        {
            AlarmName = _deployment.Name(name),
            AlarmDescription = description,
            Namespace = @namespace,
            MetricName = metric,
            Dimensions = dimensions.Select(d => new CfnAlarm.DimensionProperty { Name = d.Key, Value = d.Value }).ToArray(),
            Statistic = statistic,
            Period = period,
            Threshold = threshold,
            DatapointsToAlarm = bad,
            EvaluationPeriods = of,
            ComparisonOperator = comparison,
            TreatMissingData = missing,
            AlarmActions = tell ? [_topicArn] : null,
            OkActions = tell ? [_topicArn] : null,
        });
    }

    private Dictionary<string, string> Function(string name) => new() { ["FunctionName"] = _deployment.Name(name) };

    private Dictionary<string, string> Cluster(string database, RegionSettings region) => new() { ["DBClusterIdentifier"] = _deployment.Name(database, region) };

    // What a global database tells of a secondary has its source as a second dimension, and CloudWatch knows a metric by all of them.
    private Dictionary<string, string> Secondary(string database, RegionSettings region, RegionSettings peer) => new(Cluster(database, region)) { ["SourceRegion"] = peer.Code };

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
