using Amazon.CDK;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>What watches a Region and, from it, the other one.</summary>
internal sealed class ObservabilityStack : Stack
{
    public ObservabilityStack(Construct scope, string id, RegionStackProps props, NetworkStack network, OrchestrationStack? orchestration) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        // With one Region there is no failover to tell of, but still alarms.
        var channels = orchestration?.Channels ?? new Channels(this, "Channels", deployment, network.Key);
        _ = new Journeys(this, "Journeys", deployment, region, network);
        var alarms = new RegionAlarms(this, "Alarms", deployment, region, channels.Notifications.TopicArn);
        _ = new Dashboards(this, "Dashboards", deployment, region, alarms.All);
        foreach (var name in new[] { "health", "system" })
        {
            Outputs.Add(this, $"{name}Dashboard", $"Dashboard: {name}",
                $"https://{region.Code}.console.aws.amazon.com/cloudwatch/home?region={region.Code}#dashboards/dashboard/{deployment.Name(name)}-{region.Code}");
        }
    }
}
