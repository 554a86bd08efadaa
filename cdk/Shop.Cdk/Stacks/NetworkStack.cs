using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECR;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.S3;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>A Region's ground: addresses, who may talk to whom, the key, a place for access logs, the registry of the UI's image.</summary>
internal sealed class NetworkStack : Stack
{
    public NetworkStack(Construct scope, string id, RegionStackProps props) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        Key = new StoreKey(this, "Store", deployment, region).Key;
        // No NAT: functions need nothing of the internet, and the UI's tasks pull their image with addresses of their own.
        Vpc = new Vpc(this, "Vpc", new VpcProps
        {
            IpAddresses = IpAddresses.Cidr(region.Cidr),
            AvailabilityZones = [.. region.Zones.Select(zone => region.Code + zone)],
            NatGateways = 0,
            RestrictDefaultSecurityGroup = false,
            SubnetConfiguration =
            [
                new SubnetConfiguration { Name = "Private", SubnetType = SubnetType.PRIVATE_ISOLATED, CidrMask = 20 },
                new SubnetConfiguration { Name = "Public", SubnetType = SubnetType.PUBLIC, CidrMask = 24, MapPublicIpOnLaunch = false },
            ],
            GatewayEndpoints = new System.Collections.Generic.Dictionary<string, IGatewayVpcEndpointOptions>
            {
                ["S3"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.S3 },
                ["DynamoDb"] = new GatewayVpcEndpointOptions { Service = GatewayVpcEndpointAwsService.DYNAMODB },
            },
        });
        foreach (var subnet in Vpc.IsolatedSubnets)
        {
            // Chaos experiments choose subnets by these tags, and so never those of another environment.
            Amazon.CDK.Tags.Of(subnet).Add("shop:chaos", deployment.Environment);
        }

        Vpc.AddFlowLog("FlowLog", new FlowLogOptions
        {
            TrafficType = FlowLogTrafficType.REJECT,
            Destination = FlowLogDestination.ToCloudWatchLogs(LogGroups.Create(this, "FlowLogs", deployment, "flow-logs", Key)),
        });
        Firewall = new Firewall(this, "Firewall", deployment, region, Vpc);
        AddEndpoints(deployment);
        AccessLogs = Buckets.Create(this, "AccessLogs", deployment, null, null);
        Images = new Repository(this, "Images", new RepositoryProps
        {
            RepositoryName = deployment.Name("ui"),
            ImageScanOnPush = true,
            ImageTagMutability = TagMutability.IMMUTABLE,
            EmptyOnDelete = true,
            RemovalPolicy = RemovalPolicy.DESTROY,
            LifecycleRules = [new Amazon.CDK.AWS.ECR.LifecycleRule { MaxImageCount = 10, Description = "The newest ten are enough to go back" }],
        });
        props.Facts.Publish(this, region.RoleName, "vpc", Vpc.VpcId);
        props.Facts.Publish(this, region.RoleName, "key", Key.KeyArn);
        _ = new ImageBuild(this, "ImageBuild", deployment, Images, Key);
    }

    public Vpc Vpc { get; }
    public Key Key { get; }
    public Firewall Firewall { get; }
    public Bucket AccessLogs { get; }
    public Repository Images { get; }

    // The only AWS service that functions in the VPC ask and that has no gateway is Secrets Manager. Logs, metrics and traces of functions leave through Lambda.
    private void AddEndpoints(Deployment deployment)
    {
        var zones = new SubnetSelection { Subnets = [.. Vpc.IsolatedSubnets.Take(deployment.EndpointZones)] };
        _ = Vpc.AddInterfaceEndpoint("SecretsManager", Options(InterfaceVpcEndpointAwsService.SECRETS_MANAGER));
        if (deployment.CanaryMinutes > 0)
        {
            _ = Vpc.AddInterfaceEndpoint("Metrics", Options(InterfaceVpcEndpointAwsService.CLOUDWATCH_MONITORING));
        }

        if (deployment.Client)
        {
            _ = Vpc.AddInterfaceEndpoint("Sessions", Options(InterfaceVpcEndpointAwsService.SSM));
            _ = Vpc.AddInterfaceEndpoint("SessionMessages", Options(InterfaceVpcEndpointAwsService.SSM_MESSAGES));
        }

        InterfaceVpcEndpointOptions Options(IInterfaceVpcEndpointService service) => new()
        {
            Service = service,
            Subnets = zones,
            SecurityGroups = [Firewall.Endpoints],
            Open = false,
        };
    }
}
