using Amazon.CDK.AWS.CloudWatch;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>What this Region tells the health checks of <see cref="MetricHealthChecks"/>: a metric for each Region, once a minute and at each change.</summary>
internal sealed class RoutingWords : Construct
{
    public RoutingWords(Construct scope, string id, Deployment deployment, RegionSettings here, NetworkStack network) : base(scope, id)
    {
        foreach (var region in deployment.Regions)
        {
            _ = new CfnAlarm(this, $"{region.Role}IsClosed", new CfnAlarmProps
            {
                AlarmName = MetricHealthChecks.AlarmName(deployment, region),
                AlarmDescription = $"This Region holds {region.Code} closed for shoppers",
                Namespace = RoutingAccess.NamespaceOf(deployment),
                MetricName = "Closed",
                Dimensions = new[] { new CfnAlarm.DimensionProperty { Name = "Region", Value = region.Code } },
                Statistic = "Maximum",
                Period = 60,
                EvaluationPeriods = 1,
                Threshold = 1,
                ComparisonOperator = "GreaterThanOrEqualToThreshold",
                TreatMissingData = "notBreaching",
            });
        }

        var access = new RoutingAccess(this, deployment, here);
        var tell = new ServiceFunction(this, "Tell", deployment, network.Key,
            new("tell-routing", "shop-failover", "TellRouting", access.Environment) { MemoryMb = 256, Permissions = access.Tell });
        Schedules.Every(this, "Tell", deployment, "routing-words", 1, tell);
    }
}
