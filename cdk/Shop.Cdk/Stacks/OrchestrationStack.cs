using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Events.Targets;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>The failover of a Region: tasks, state machines, what starts them, and who is told.</summary>
internal sealed class OrchestrationStack : Stack
{
    public OrchestrationStack(Construct scope, string id, RegionStackProps props, NetworkStack network, DataStack data) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        var names = new StoreArns(this, deployment, region);
        Channels = new Channels(this, "Channels", deployment, network.Key);
        Tasks = new TaskFunctions(this, "Tasks", deployment, region, network, data);
        _ = new Workflows(this, "Workflows", deployment, region, network, Tasks, Values(props, network));
        AddRules(deployment, names);
        if (deployment.Routing == Routing.HealthChecks)
        {
            _ = new RoutingWords(this, "RoutingWords", deployment, region, network);
        }

        foreach (var name in new[] { "regional-failover", "failback", "preflight" })
        {
            Outputs.Add(this, $"{name.Replace("-", "", System.StringComparison.Ordinal)}Machine", $"Start it in this Region's console: {name}",
                $"https://{region.Code}.console.aws.amazon.com/states/home?region={region.Code}#/statemachines/view/{names.StateMachine(name)}");
        }
    }

    public Channels Channels { get; }
    public TaskFunctions Tasks { get; }

    private Dictionary<string, string> Values(RegionStackProps props, NetworkStack network)
    {
        var (deployment, region, facts) = (props.Deployment, props.Region, props.Facts);
        var peer = deployment.PeerOf(region)!;
        var names = new StoreArns(this, deployment, region);
        var routing = new RoutingAccess(this, deployment, region);
        var values = new Dictionary<string, string>(Tasks.Substitutions)
        {
            ["Region"] = region.Code,
            ["PeerRegion"] = peer.Code,
            ["ControlTable"] = deployment.Name("failover-control"),
            ["RoutingControlArn"] = routing.Own,
            ["PeerRoutingControlArn"] = routing.Peer,
            ["ApprovalTopicArn"] = Channels.Approvals.TopicArn,
            ["NotificationTopicArn"] = Channels.Notifications.TopicArn,
            ["CooldownMinutes"] = deployment.CooldownMinutes.ToString(CultureInfo.InvariantCulture),
            ["PollSeconds"] = "10",
            ["StatusPollSeconds"] = "30",
            ["SnapshotPollSeconds"] = "300",
            ["EngineVersion"] = deployment.EngineVersion,
            ["DbSubnetGroup"] = deployment.Name("databases"),
            ["DbSecurityGroup"] = network.Firewall.Databases.SecurityGroupId,
            ["KmsKeyId"] = network.Key.KeyArn,
            ["InstanceClass"] = "db.serverless",
        };
        foreach (var machine in Workflows.All(deployment))
        {
            values[$"{Pascal(machine)}MachineArn"] = names.StateMachine(machine);
        }

        foreach (var database in Deployment.Databases)
        {
            var name = Pascal(database);
            values[$"{name}GlobalClusterId"] = deployment.Name(database);
            values[$"{name}ClusterId"] = deployment.Name(database, region);
            values[$"{name}ClusterArn"] = names.Cluster(database, region);
            values[$"Peer{name}ClusterId"] = deployment.Name(database, peer);
            values[$"Peer{name}ClusterArn"] = names.Cluster(database, peer);
            values[$"{name}WriterHost"] = facts.Read(this, Facts.Global, $"{database}-writer-host");
            values[$"{name}WriterPort"] = Deployment.DatabasePort.ToString(CultureInfo.InvariantCulture);
            values[$"{name}AdminSecretId"] = deployment.Name($"{database}-admin");
        }

        return values;
    }

    private void AddRules(Deployment deployment, StoreArns names)
    {
        var role = new Role(this, "StartRole", new RoleProps { AssumedBy = new ServicePrincipal("events.amazonaws.com"), Description = "Starts failover and preflight" });
        role.AddToPolicy(Statements.Allow(["states:StartExecution"], names.StateMachine("regional-failover"), names.StateMachine("preflight")));
        _ = RuleFile.Create(this, "PeerRegionDown", deployment, "peer-region-down", deployment.ArmedTrigger, role.RoleArn, new Dictionary<string, string>
        {
            ["PeerDownAlarmArn"] = names.Alarm("peer-region-down"),
            ["RegionalFailoverMachineArn"] = names.StateMachine("regional-failover"),
            ["MaxRpoSeconds"] = deployment.MaxRpoSeconds.ToString(CultureInfo.InvariantCulture),
            ["ApprovalRequired"] = deployment.ApprovalRequired ? "true" : "false",
            ["TriggerQueueArn"] = Channels.Missed.QueueArn,
        });
        _ = RuleFile.Create(this, "PreflightSchedule", deployment, "preflight-schedule", true, role.RoleArn, new Dictionary<string, string>
        {
            ["PreflightRate"] = $"{deployment.PreflightMinutes} minutes",
            ["PreflightMachineArn"] = names.StateMachine("preflight"),
            ["TriggerQueueArn"] = Channels.Missed.QueueArn,
        });
        Tell("FailedRuns", deployment, "failed-runs", new EventPattern
        {
            Source = ["aws.states"],
            DetailType = ["Step Functions Execution Status Change"],
            Detail = new Dictionary<string, object>
            {
                ["status"] = new[] { "FAILED", "TIMED_OUT", "ABORTED" },
                ["stateMachineArn"] = new[] { names.StateMachine("regional-failover"), names.StateMachine("failback"), names.StateMachine("reconciliation"), names.StateMachine("replay"), names.StateMachine("preflight") },
            },
        });
        // 0391: writes to the former primary could not be stopped. 0390: they could. Told in either Region, as one of them may be dark.
        Tell("Fences", deployment, "writer-fences", new EventPattern
        {
            Source = ["aws.rds"],
            Detail = new Dictionary<string, object> { ["EventID"] = new[] { "RDS-EVENT-0390", "RDS-EVENT-0391" }, ["SourceIdentifier"] = Deployment.Databases.SelectMany(d => deployment.Regions.Select(r => deployment.Name(d, r)).Append(deployment.Name(d))).ToArray() },
        });
    }

    private void Tell(string id, Deployment deployment, string name, EventPattern pattern)
    {
        var rule = new Rule(this, id, new RuleProps { RuleName = deployment.Name(name), EventPattern = pattern });
        rule.AddTarget(new SnsTopic(Channels.Notifications, new SnsTopicProps { DeadLetterQueue = Channels.Missed }));
    }

    private static string Pascal(string kebab) =>
        string.Concat(System.Array.ConvertAll(kebab.Split('-'), part => char.ToUpperInvariant(part[0]) + part[1..]));
}
