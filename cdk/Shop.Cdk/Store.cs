using System.Collections.Generic;
using Amazon.CDK;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk;

/// <summary>All stacks of one environment, in the order in which they are deployed.</summary>
internal sealed class Store
{
    public Store(App app, Deployment deployment)
    {
        var data = new Dictionary<RegionRole, DataStack>();
        var networks = new Dictionary<RegionRole, NetworkStack>();
        foreach (var region in deployment.Regions)
        {
            networks[region.Role] = Add(region, "network", "Ground of the store", (id, p) => new NetworkStack(app, id, p));
        }

        _ = Add(deployment.Primary, "global", "What both Regions share", (id, p) => new GlobalStack(app, id, p, networks[RegionRole.Primary]));
        foreach (var region in deployment.Regions)
        {
            data[region.Role] = Add(region, "data", "Databases, cache, broker, reports", (id, p) => new DataStack(app, id, p, networks[region.Role]));
        }

        foreach (var region in deployment.Regions)
        {
            _ = Add(region, "services", "APIs and pages", (id, p) => new ServicesStack(app, id, p, networks[region.Role]));
        }

        // The standby asks for the peering, the primary answers with its routes.
        foreach (var region in deployment.HasTwoRegions ? new[] { deployment.Standby!, deployment.Primary } : [])
        {
            _ = Add(region, "link", "Peering of the two VPCs", (id, p) => new LinkStack(app, id, p, networks[region.Role]));
        }

        _ = Add(deployment.Primary, "secrets", "Rotation of logins", (id, p) => new SecretsStack(app, id, p, networks[RegionRole.Primary]));
        var orchestrations = new Dictionary<RegionRole, OrchestrationStack>();
        // Health checks watch alarms that must exist before them; routing controls must exist before the tasks that turn them.
        if (deployment.Routing == Routing.Arc)
        {
            AddRouting();
        }

        foreach (var region in deployment.HasTwoRegions ? deployment.Regions : [])
        {
            orchestrations[region.Role] = Add(region, "orchestration", "Failover, reconciliation, failback",
                (id, p) => new OrchestrationStack(app, id, p, networks[region.Role], data[region.Role]));
        }

        if (deployment.Routing != Routing.Arc)
        {
            AddRouting();
        }

        foreach (var region in deployment.Regions)
        {
            _ = Add(region, "observability", "Journeys, alarms, dashboards",
                (id, p) => new ObservabilityStack(app, id, p, networks[region.Role], orchestrations.GetValueOrDefault(region.Role)));
        }

        foreach (var region in deployment.HasTwoRegions ? deployment.Regions : [])
        {
            _ = Add(region, "chaos", "Experiments", (id, p) => new ChaosStack(app, id, p, networks[region.Role]));
        }

        foreach (var region in deployment.Client ? deployment.Regions : [])
        {
            _ = Add(region, "client", "A machine in the VPC", (id, p) => new ClientStack(app, id, p, networks[region.Role]));
        }

        void AddRouting() => _ = Add(deployment.Primary, "routing", "Names and routing of the store", (id, p) => new RoutingStack(app, id, p));

        T Add<T>(RegionSettings region, string part, string description, System.Func<string, RegionStackProps, T> create)
            where T : Stack
        {
            var props = RegionStackProps.For(deployment, region, part, description);
            return create(props.StackName!, props);
        }
    }
}
