using System.Collections.Generic;
using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.Budgets;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Route53;
using Amazon.CDK.AWS.Route53RecoveryControl;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>
/// The store's names, and who takes shoppers away from a Region. The only stack that looks at both Regions; nothing needs it to be updated while one of
/// them is lost: switching is done by data planes.
/// </summary>
internal sealed class RoutingStack : Stack
{
    private readonly Deployment _deployment;
    private readonly Facts _facts;

    public RoutingStack(Construct scope, string id, RegionStackProps props) : base(scope, id, props)
    {
        (_deployment, _facts) = (props.Deployment, props.Facts);
        var zone = _deployment.HostedZoneId ?? CreateZone("Zone", _deployment.Domain);
        // Of a public store, the VPCs have a name of their own: they have no way to the internet, where the other one leads.
        var inside = _deployment.IsPublic ? CreateZone("StoreZone", _deployment.StoreName) : null;
        if (_deployment.HasTwoRegions && _deployment.Routing == Routing.Arc)
        {
            var controls = new RoutingControls(this, "Controls", _deployment);
            foreach (var region in _deployment.Regions)
            {
                _facts.Publish(this, Facts.Global, $"routing-control-{region.RoleName}", controls.ArnOf(region));
            }

            Outputs.Add(this, "RecoveryCluster", "The ARC cluster; its five endpoints are facts of both Regions", controls.ClusterArn);
            AddRecords(zone, inside, controls.HealthCheckOf);
        }
        else if (_deployment.HasTwoRegions)
        {
            var checks = new MetricHealthChecks(this, "HealthChecks", _deployment);
            AddRecords(zone, inside, checks.HealthCheckOf);
        }
        else
        {
            AddRecords(zone, inside, _ => null);
        }

        AddBudget();
        Outputs.Add(this, "StoreUrl", _deployment.IsPublic ? "The store" : "The store, from inside either VPC", $"{_deployment.StoreUrl}home");
    }

    private string CreateZone(string id, string name) => new CfnHostedZone(this, id, new CfnHostedZoneProps
    {
        Name = name,
        HostedZoneConfig = new CfnHostedZone.HostedZoneConfigProperty { Comment = $"Names of {_deployment.Name("store")}, inside the VPCs only" },
        Vpcs = _deployment.Regions.Select(region => new CfnHostedZone.VPCProperty
        {
            VpcId = _facts.Read(this, region.RoleName, "vpc"),
            VpcRegion = region.Code,
        }).ToArray(),
    }).Ref;

    private void AddRecords(string zone, string? inside, System.Func<RegionSettings, string?> healthCheckOf)
    {
        foreach (var region in _deployment.Regions)
        {
            var name = region.Role.ToString();
            // A Region's own name leads to it whatever the routing says: journeys and people look there when it is out of the store's name.
            _ = Alias($"{name}Name", zone, _deployment.HostOf(region), region, "balancer");
            var records = new List<CfnRecordSet>
            {
                Alias($"{name}Store", zone, _deployment.StoreName, region, _deployment.IsPublic ? "public" : "balancer"),
                Alias($"{name}Apis", zone, $"api.{_deployment.Domain}", region, "balancer"),
            };
            if (inside is not null)
            {
                records.Add(Alias($"{name}StoreInside", inside, _deployment.StoreName, region, "balancer"));
            }

            foreach (var record in records)
            {
                if (_deployment.HasTwoRegions)
                {
                    record.SetIdentifier = region.RoleName;
                    record.Region = region.Code;
                    record.HealthCheckId = healthCheckOf(region);
                }
            }
        }
    }

    // An alias of a load balancer has 60 seconds to live, always.
    private CfnRecordSet Alias(string id, string zone, string name, RegionSettings region, string balancer) => new(this, id, new CfnRecordSetProps
    {
        HostedZoneId = zone,
        Name = name,
        Type = "A",
        AliasTarget = new CfnRecordSet.AliasTargetProperty
        {
            DnsName = _facts.Read(this, region.RoleName, $"{balancer}-dns"),
            HostedZoneId = _facts.Read(this, region.RoleName, $"{balancer}-zone"),
            EvaluateTargetHealth = true,
        },
    });

    private void AddBudget()
    {
        var subscribers = _deployment.NotificationEmail is { } email
            ? new[] { new CfnBudget.SubscriberProperty { SubscriptionType = "EMAIL", Address = email } }
            : [];
        _ = new CfnBudget(this, "Budget", new CfnBudgetProps
        {
            Budget = new CfnBudget.BudgetDataProperty
            {
                BudgetName = _deployment.Name("monthly"),
                BudgetType = "COST",
                TimeUnit = "MONTHLY",
                BudgetLimit = new CfnBudget.SpendProperty { Amount = _deployment.MonthlyBudget, Unit = "USD" },
                // Needs the tag to be activated for cost allocation once an account.
                CostFilters = new Dictionary<string, object> { ["TagKeyValue"] = new[] { $"user:shop:environment${_deployment.Environment}" } },
            },
            NotificationsWithSubscribers = subscribers.Length == 0 ? null : new[]
            {
                new CfnBudget.NotificationWithSubscribersProperty
                {
                    Notification = new CfnBudget.NotificationProperty { NotificationType = "FORECASTED", ComparisonOperator = "GREATER_THAN", Threshold = 100 },
                    Subscribers = subscribers,
                },
            },
        });
    }
}
