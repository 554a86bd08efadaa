using Amazon.CDK;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>What shoppers use in a Region: the APIs and the pages behind their load balancer.</summary>
internal sealed class ServicesStack : Stack
{
    public ServicesStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        var functions = new StoreFunctions(this, "Store", deployment, region, network);
        var balancer = new StoreLoadBalancer(this, "Balancer", deployment, region, network);
        balancer.Serve("Catalog", 10, functions.Catalog, "/catalogue", "/catalogue/*");
        balancer.Serve("Carts", 20, functions.Carts, "/carts", "/carts/*");
        balancer.Serve("Checkout", 30, functions.Checkout, "/checkout", "/checkout/*");
        balancer.Serve("Orders", 40, functions.Orders, "/orders", "/orders/*");
        _ = new StoreUi(this, "Ui", deployment, region, network, balancer);

        props.Facts.Publish(this, region.RoleName, "balancer-dns", balancer.Internal.LoadBalancerDnsName);
        props.Facts.Publish(this, region.RoleName, "balancer-zone", balancer.Internal.LoadBalancerCanonicalHostedZoneId);
        if (balancer.Public is { } open)
        {
            props.Facts.Publish(this, region.RoleName, "public-dns", open.LoadBalancerDnsName);
            props.Facts.Publish(this, region.RoleName, "public-zone", open.LoadBalancerCanonicalHostedZoneId);
        }
    }
}
