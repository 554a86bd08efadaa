using System.Collections.Generic;
using System.Linq;
using Amazon.CDK.AWS.IAM;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>How the tasks of a Region reach the routing, by the one kind that the deployment has.</summary>
internal sealed class RoutingAccess
{
    public RoutingAccess(Construct scope, Deployment deployment, RegionSettings region)
    {
        var facts = new Facts(deployment);
        if (deployment.Routing == Routing.Arc)
        {
            string ControlOf(RegionSettings of) => facts.Read(scope, Facts.Global, $"routing-control-{of.RoleName}");
            Own = ControlOf(region);
            Peer = ControlOf(deployment.PeerOf(region)!);
            // Literals of the function, so that no control plane is asked while a Region is lost.
            Environment = new() { ["ARC_ENDPOINTS"] = facts.Read(scope, Facts.Global, "arc-endpoints") };
            Read = [Statements.Allow(["route53-recovery-cluster:GetRoutingControlState"], Own, Peer)];
            Change = [Statements.Allow(["route53-recovery-cluster:GetRoutingControlState", "route53-recovery-cluster:UpdateRoutingControlStates"], Own, Peer)];
            return;
        }

        Own = region.Code;
        Peer = deployment.PeerOf(region)!.Code;
        Environment = new() { ["ROUTING_TABLE"] = deployment.Name("failover-control"), ["ROUTING_NAMESPACE"] = NamespaceOf(deployment) };
        var table = new StoreArns(scope, deployment, region).Table("failover-control");
        Read = [Statements.Allow(["dynamodb:GetItem"], table)];
        Tell = [.. Read, Statements.AllowIf(["cloudwatch:PutMetricData"], ["*"], "StringEquals", "cloudwatch:namespace", NamespaceOf(deployment))];
        Change = [.. Tell, Statements.Allow(["dynamodb:UpdateItem"], table)];
    }

    /// <summary>What the state machines call this Region's control.</summary>
    public string Own { get; }

    public string Peer { get; }

    public Dictionary<string, string> Environment { get; }
    public PolicyStatement[] Read { get; }
    public PolicyStatement[] Change { get; }

    /// <summary>Without an ARC cluster: to repeat what is closed to the health checks.</summary>
    public PolicyStatement[] Tell { get; } = [];

    public static string NamespaceOf(Deployment deployment) => $"Shop/Routing/{deployment.Environment}";
}
