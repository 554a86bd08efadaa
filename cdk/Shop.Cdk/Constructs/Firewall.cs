using Amazon.CDK.AWS.EC2;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Who may talk to whom. All security groups in one place, so that each arrow is one line.</summary>
internal sealed class Firewall : Construct
{
    private readonly IVpc _vpc;

    public Firewall(Construct scope, string id, Deployment deployment, RegionSettings region, IVpc vpc) : base(scope, id)
    {
        _vpc = vpc;
        Functions = Group("Functions", "Functions that use stores of the VPC");
        LoadBalancer = Group("LoadBalancer", "Internal load balancer");
        PublicLoadBalancer = deployment.IsPublic ? Group("PublicLoadBalancer", "Load balancer of the internet") : null;
        Ui = Group("Ui", "Tasks of the web store");
        Databases = Group("Databases", "Aurora clusters");
        Cache = Group("Cache", "Valkey");
        Broker = Group("Broker", "RabbitMQ");
        Endpoints = Group("Endpoints", "Interface endpoints");
        Canaries = Group("Canaries", "Synthetics canaries");
        Client = Group("Client", "Machine for people in the VPC");

        var apis = Port.Tcp(deployment.ApiPort);
        var pages = Port.Tcp(deployment.IsPublic ? 443 : 80);
        var mySql = Port.Tcp(Deployment.DatabasePort);
        var https = Port.Tcp(443);
        Connect(Functions, Databases, mySql, "SQL");
        Connect(Functions, Cache, Port.Tcp(6379), "Checkouts");
        Connect(Functions, Broker, Port.Tcp(5671), "Order events over TLS");
        Connect(Functions, Endpoints, https, "Secrets");
        Connect(Functions, LoadBalancer, apis, "APIs of this Region");
        Connect(Functions, LoadBalancer, pages, "Looks at the pages of this Region");
        Connect(Ui, LoadBalancer, apis, "APIs of this Region");
        Connect(LoadBalancer, Ui, Port.Tcp(8080), "Pages");
        foreach (var inside in new[] { Canaries, Client })
        {
            Connect(inside, LoadBalancer, pages, "Pages");
            Connect(inside, LoadBalancer, apis, "APIs");
            Connect(inside, Endpoints, https, "AWS");
        }

        // Gateway endpoints and ECR have no security group to name: HTTPS out, and nothing in.
        foreach (var caller in new[] { Functions, Ui, Canaries, Client })
        {
            caller.AddEgressRule(Peer.AnyIpv4(), https, "AWS over gateway endpoints, images");
        }

        if (PublicLoadBalancer is not null)
        {
            Connect(PublicLoadBalancer, Ui, Port.Tcp(8080), "Pages");
            PublicLoadBalancer.AddIngressRule(Peer.AnyIpv4(), https, "Shoppers");
            PublicLoadBalancer.AddIngressRule(Peer.AnyIpv4(), Port.Tcp(80), "Shoppers, who are sent to HTTPS");
        }

        if (deployment.PeerOf(region) is { } peer)
        {
            ConnectPeer(peer, mySql, apis, pages);
        }
    }

    public SecurityGroup Functions { get; }
    public SecurityGroup LoadBalancer { get; }
    public SecurityGroup? PublicLoadBalancer { get; }
    public SecurityGroup Ui { get; }
    public SecurityGroup Databases { get; }
    public SecurityGroup Cache { get; }
    public SecurityGroup Broker { get; }
    public SecurityGroup Endpoints { get; }
    public SecurityGroup Canaries { get; }
    public SecurityGroup Client { get; }

    // Security groups can't be named across Regions, so the peer is its addresses.
    private void ConnectPeer(RegionSettings peer, Port mySql, Port apis, Port pages)
    {
        var there = Peer.Ipv4(peer.Cidr);
        Databases.AddIngressRule(there, mySql, "The other Region's functions write through the global endpoint");
        Functions.AddEgressRule(there, mySql, "The writer may be in the other Region");
        Broker.AddIngressRule(there, Port.Tcp(5671), "The other Region's functions, where it has no broker");
        Functions.AddEgressRule(there, Port.Tcp(5671), "The broker may be in the other Region");
        foreach (var port in new[] { apis, pages })
        {
            LoadBalancer.AddIngressRule(there, port, "Journeys from the other Region");
            Functions.AddEgressRule(there, port, "Journeys to the other Region");
            Canaries.AddEgressRule(there, port, "Canaries to the other Region");
            Client.AddEgressRule(there, port, "A look at the other Region");
        }
    }

    private SecurityGroup Group(string id, string description) => new(this, id, new SecurityGroupProps
    {
        Vpc = _vpc,
        Description = description,
        AllowAllOutbound = false,
        DisableInlineRules = true,
    });

    private static void Connect(SecurityGroup from, SecurityGroup to, Port port, string what)
    {
        to.AddIngressRule(from, port, what);
        from.AddEgressRule(to, port, what);
    }
}
