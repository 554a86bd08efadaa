using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Events;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>What this Region tells the health checks of <see cref="MetricHealthChecks"/>: a metric for each Region, once a minute and at each change.</summary>
internal sealed class RoutingWords : Construct
{
    public RoutingWords(Construct scope, string id, Deployment deployment, NetworkStack network, ServiceFunction setRouting) : base(scope, id)
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

        Schedules.Every(this, "Tell", deployment, "routing-words", 1, setRouting, RuleTargetInput.FromObject(new System.Collections.Generic.Dictionary<string, object> { ["tell"] = true }));
    }
}
