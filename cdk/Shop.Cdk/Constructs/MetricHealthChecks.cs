using System.Collections.Generic;
using System.Linq;
using Amazon.CDK.AWS.Route53;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>
/// Routing without an ARC cluster. Each Region tells once a minute, by a metric of its own, which Regions it holds closed; an alarm watches each word. A
/// Region takes shoppers while neither of the two holds it closed. A Region that is lost tells nothing, and nothing counts as open, so the survivor
/// alone decides.
/// </summary>
internal sealed class MetricHealthChecks : Construct
{
    private readonly Dictionary<RegionRole, CfnHealthCheck> _checks = [];

    public MetricHealthChecks(Construct scope, string id, Deployment deployment) : base(scope, id)
    {
        foreach (var region in deployment.Regions)
        {
            var words = deployment.Regions.Select(teller => new CfnHealthCheck(this, $"{region.Role}By{teller.Role}", new CfnHealthCheckProps
            {
                HealthCheckConfig = new CfnHealthCheck.HealthCheckConfigProperty
                {
                    Type = "CLOUDWATCH_METRIC",
                    AlarmIdentifier = new CfnHealthCheck.AlarmIdentifierProperty { Name = AlarmName(deployment, region), Region = teller.Code },
                    InsufficientDataHealthStatus = "Healthy",
                },
            })).ToArray();
            _checks[region.Role] = new CfnHealthCheck(this, $"{region.Role}Check", new CfnHealthCheckProps
            {
                HealthCheckConfig = new CfnHealthCheck.HealthCheckConfigProperty
                {
                    Type = "CALCULATED",
                    ChildHealthChecks = words.Select(w => w.AttrHealthCheckId).ToArray(),
                    HealthThreshold = words.Length,
                },
                HealthCheckTags = new[] { new CfnHealthCheck.HealthCheckTagProperty { Key = "Name", Value = deployment.Name(region.RoleName) } },
            });
        }
    }

    public string HealthCheckOf(RegionSettings region) => _checks[region.Role].AttrHealthCheckId;

    /// <summary>The same name in each Region that tells.</summary>
    public static string AlarmName(Deployment deployment, RegionSettings region) => deployment.Name($"{region.RoleName}-is-closed");
}
