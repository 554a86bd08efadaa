using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.IAM;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>A machine in the VPC for people who want to see the store from inside: by Session Manager, no key, no port, no password.</summary>
internal sealed class ClientStack : Stack
{
    public ClientStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        var role = new Role(this, "Role", new RoleProps { AssumedBy = new ServicePrincipal("ec2.amazonaws.com"), Description = "Sessions, and nothing else" });
        // What AmazonSSMManagedInstanceCore has and sessions need.
        role.AddToPolicy(Statements.Allow(
            ["ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"], "*"));
        var instance = new Instance_(this, "Machine", new InstanceProps
        {
            InstanceName = deployment.Name("client"),
            Vpc = network.Vpc,
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            InstanceType = new InstanceType(deployment.WindowsClient ? "t3.medium" : "t3.nano"),
            // The newest image at the time of deployment, by AWS's own public parameter: nothing is looked up.
            MachineImage = deployment.WindowsClient
                ? MachineImage.LatestWindows(WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE)
                : MachineImage.LatestAmazonLinux2023(),
            SecurityGroup = network.Firewall.Client,
            Role = role,
            RequireImdsv2 = true,
            DetailedMonitoring = true,
            BlockDevices = [new BlockDevice { DeviceName = deployment.WindowsClient ? "/dev/sda1" : "/dev/xvda", Volume = BlockDeviceVolume.Ebs(deployment.WindowsClient ? 50 : 8, new EbsDeviceOptions { Encrypted = true, KmsKey = network.Key, VolumeType = EbsDeviceVolumeType.GP3 }) }],
        });
        ((CfnInstance)instance.Node.DefaultChild!).DisableApiTermination = !deployment.Deletable;
        Outputs.Add(this, "Session", "A shell beside the store",
            $"aws ssm start-session --region {region.Code} --target {instance.InstanceId}");
        var (scheme, from, to) = deployment.IsPublic ? ("https", 443, 8443) : ("http", 80, 8080);
        Outputs.Add(this, "Browser", $"The store in your own browser, at {scheme}://localhost:{to}/home{(deployment.IsPublic ? " (its certificate is another name's)" : "")}",
            $"aws ssm start-session --region {region.Code} --target {instance.InstanceId} --document-name AWS-StartPortForwardingSessionToRemoteHost --parameters host={deployment.StoreName},portNumber={from},localPortNumber={to}");
    }
}
