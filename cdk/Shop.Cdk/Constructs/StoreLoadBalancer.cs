using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.ElasticLoadBalancingV2.Targets;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>
/// The Region's load balancers. The internal one has a listener for the APIs and one for pages, for both have a /orders. Where a certificate is given all
/// speak HTTPS, and a public one serves pages to the internet.
/// </summary>
internal sealed class StoreLoadBalancer : Construct
{
    private readonly Deployment _deployment;
    private readonly RegionSettings _region;
    private readonly NetworkStack _network;

    public StoreLoadBalancer(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network) : base(scope, id)
    {
        (_deployment, _region, _network) = (deployment, region, network);
        Internal = Balancer("Internal", isPublic: false, network.Firewall.LoadBalancer);
        Apis = Listener(Internal, "Apis", deployment.ApiPort);
        Apis.AddAction("NoSuchApi", new AddApplicationActionProps
        {
            Action = ListenerAction.FixedResponse(404, new FixedResponseOptions { ContentType = "application/problem+json", MessageBody = """{"status":404,"title":"No such API"}""" }),
        });
        Pages = [Listener(Internal, "Pages", deployment.IsPublic ? 443 : 80)];
        if (network.Firewall.PublicLoadBalancer is { } firewall)
        {
            Public = Balancer("Public", isPublic: true, firewall);
            Pages.Add(Listener(Public, "PublicPages", 443));
            _ = Public.AddListener("Redirect", new BaseApplicationListenerProps
            {
                Port = 80,
                Open = false,
                DefaultAction = ListenerAction.Redirect(new RedirectOptions { Protocol = "HTTPS", Port = "443", Permanent = true }),
            });
        }
    }

    public ApplicationLoadBalancer Internal { get; }

    /// <summary>Null without a certificate.</summary>
    public ApplicationLoadBalancer? Public { get; }

    public ApplicationListener Apis { get; }

    public List<ApplicationListener> Pages { get; }

    public void Serve(string id, int priority, ServiceFunction function, params string[] paths)
    {
        var group = new ApplicationTargetGroup(this, $"{id}Target", new ApplicationTargetGroupProps
        {
            TargetType = TargetType.LAMBDA,
            Targets = [new LambdaTarget(function.Alias)],
        });
        _ = new ApplicationListenerRule(this, $"{id}Rule", new ApplicationListenerRuleProps
        {
            Listener = Apis,
            Priority = priority,
            Conditions = [ListenerCondition.PathPatterns(paths)],
            Action = ListenerAction.Forward([group]),
        });
    }

    private ApplicationLoadBalancer Balancer(string id, bool isPublic, ISecurityGroup firewall)
    {
        var balancer = new ApplicationLoadBalancer(this, id, new ApplicationLoadBalancerProps
        {
            LoadBalancerName = _deployment.Name(isPublic ? "public" : "internal"),
            Vpc = _network.Vpc,
            InternetFacing = isPublic,
            VpcSubnets = new SubnetSelection { SubnetType = isPublic ? SubnetType.PUBLIC : SubnetType.PRIVATE_ISOLATED },
            SecurityGroup = firewall,
            DropInvalidHeaderFields = true,
            DeletionProtection = !_deployment.Deletable,
            IdleTimeout = Duration.Seconds(60),
        });
        balancer.LogAccessLogs(_network.AccessLogs, isPublic ? "public" : "internal");
        return balancer;
    }

    private ApplicationListener Listener(ApplicationLoadBalancer balancer, string id, int port) => balancer.AddListener(id, new BaseApplicationListenerProps
    {
        Port = port,
        Open = false,
        Protocol = _region.CertificateArn is null ? ApplicationProtocol.HTTP : ApplicationProtocol.HTTPS,
        Certificates = _region.CertificateArn is { } certificate ? [ListenerCertificate.FromArn(certificate)] : null,
        SslPolicy = _region.CertificateArn is null ? null : SslPolicy.RECOMMENDED_TLS,
    });
}
