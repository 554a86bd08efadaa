using System.Collections.Generic;
using System.Linq;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.Route53RecoveryControl;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>An ARC cluster with a routing control for each Region and the rule that one of them is always On.</summary>
internal sealed class RoutingControls : Construct
{
    private readonly Dictionary<RegionRole, CfnRoutingControl> _controls = [];
    private readonly Dictionary<RegionRole, CfnHealthCheck> _checks = [];

    public RoutingControls(Construct scope, string id, Deployment deployment) : base(scope, id)
    {
        var cluster = new CfnCluster(this, "Cluster", new CfnClusterProps { Name = deployment.Name("store") });
        ClusterArn = cluster.AttrClusterArn;
        var panel = new CfnControlPanel(this, "Panel", new CfnControlPanelProps { Name = deployment.Name("store"), ClusterArn = ClusterArn });
        foreach (var region in deployment.Regions)
        {
            var control = new CfnRoutingControl(this, $"{region.Role}Control", new CfnRoutingControlProps
            {
                Name = deployment.Name(region.RoleName),
                ClusterArn = ClusterArn,
                ControlPanelArn = panel.AttrControlPanelArn,
            });
            _controls[region.Role] = control;
            _checks[region.Role] = new CfnHealthCheck(this, $"{region.Role}Check", new CfnHealthCheckProps
            {
                HealthCheckConfig = new CfnHealthCheck.HealthCheckConfigProperty { Type = "RECOVERY_CONTROL", RoutingControlArn = control.AttrRoutingControlArn },
                HealthCheckTags = new[] { new CfnHealthCheck.HealthCheckTagProperty { Key = "Name", Value = deployment.Name(region.RoleName) } },
            });
        }

        _ = new CfnSafetyRule(this, "OneIsOn", new CfnSafetyRuleProps
        {
            Name = deployment.Name("one-region-is-on"),
            ControlPanelArn = panel.AttrControlPanelArn,
            AssertionRule = new CfnSafetyRule.AssertionRuleProperty
            {
                AssertedControls = _controls.Values.Select(c => c.AttrRoutingControlArn).ToArray(),
                // No two changes within five seconds: whoever flaps is refused.
                WaitPeriodMs = 5000,
            },
            RuleConfig = new CfnSafetyRule.RuleConfigProperty { Type = "ATLEAST", Threshold = 1, Inverted = false },
        });
    }

    public string ClusterArn { get; }

    public string ArnOf(RegionSettings region) => _controls[region.Role].AttrRoutingControlArn;

    public string HealthCheckOf(RegionSettings region) => _checks[region.Role].AttrHealthCheckId;
}
