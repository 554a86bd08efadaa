using System.Collections.Generic;
using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ECS;
using Amazon.CDK.AWS.ElasticLoadBalancingV2;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SSM;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>The web store on Fargate, on demand: a task that is taken back in the middle of an incident is the wrong thing to save on.</summary>
internal sealed class StoreUi : Construct
{
    public StoreUi(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network, StoreLoadBalancer balancer) : base(scope, id)
    {
        var cluster = new Cluster(this, "Cluster", new ClusterProps { ClusterName = deployment.Name("store"), Vpc = network.Vpc, ContainerInsights = true });
        var logs = LogGroups.Create(this, "Logs", deployment, "ui", network.Key);
        var pull = new Role(this, "PullRole", new RoleProps { AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com") });
        var task = new FargateTaskDefinition(this, "Task", new FargateTaskDefinitionProps
        {
            Family = deployment.Name("ui"),
            Cpu = 256,
            MemoryLimitMiB = 512,
            ExecutionRole = pull,
            TaskRole = new Role(this, "TaskRole", new RoleProps { AssumedBy = new ServicePrincipal("ecs-tasks.amazonaws.com"), Description = "Nothing: the store only talks to its APIs" }),
            RuntimePlatform = new RuntimePlatform { CpuArchitecture = CpuArchitecture.X86_64, OperatingSystemFamily = OperatingSystemFamily.LINUX },
        });
        var url = deployment.ApiUrl(region);
        var container = task.AddContainer("Store", new ContainerDefinitionOptions
        {
            Image = ContainerImage.FromEcrRepository(network.Images, deployment.UiImageTag),
            ReadonlyRootFilesystem = true,
            Logging = LogDriver.AwsLogs(new AwsLogDriverProps { LogGroup = logs, StreamPrefix = "ui" }),
            PortMappings = [new PortMapping { ContainerPort = 8080 }],
            // Addresses come from parameters: a definition that holds settings shows them to everyone who may describe it.
            Secrets = new[] { "CATALOG_URL", "CARTS_URL", "CHECKOUT_URL", "ORDERS_URL" }.ToDictionary(
                variable => variable,
                variable => Secret.FromSsmParameter(new StringParameter(this, variable, new StringParameterProps
                {
                    ParameterName = $"/shop/{deployment.Environment}/ui/{variable}",
                    StringValue = url,
                }))),
        });
        // What it unpacks while it starts.
        container.AddMountPoints(new MountPoint { ContainerPath = "/tmp", SourceVolume = "scratch", ReadOnly = false });
        task.AddVolume(new Amazon.CDK.AWS.ECS.Volume { Name = "scratch" });

        var service = new FargateService(this, "Service", new FargateServiceProps
        {
            ServiceName = deployment.Name("ui"),
            Cluster = cluster,
            TaskDefinition = task,
            DesiredCount = deployment.MinimumUiTasks,
            MinHealthyPercent = 100,
            MaxHealthyPercent = 200,
            CircuitBreaker = new DeploymentCircuitBreaker { Rollback = true },
            SecurityGroups = [network.Firewall.Ui],
            // A public address instead of a NAT gateway or three endpoints: nothing may come in but from the load balancer.
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PUBLIC },
            AssignPublicIp = true,
            HealthCheckGracePeriod = Duration.Seconds(60),
        });
        var scaling = service.AutoScaleTaskCount(new EnableScalingProps { MinCapacity = deployment.MinimumUiTasks, MaxCapacity = 10 });
        scaling.ScaleOnCpuUtilization("Cpu", new CpuUtilizationScalingProps { TargetUtilizationPercent = 60 });
        // A load balancer's target group belongs to one load balancer only.
        for (var i = 0; i < balancer.Pages.Count; i++)
        {
            var group = new ApplicationTargetGroup(this, $"Target{i + 1}", new ApplicationTargetGroupProps
            {
                Vpc = network.Vpc,
                Port = 8080,
                Protocol = ApplicationProtocol.HTTP,
                TargetType = TargetType.IP,
                Targets = [service],
                DeregistrationDelay = Duration.Seconds(10),
                HealthCheck = new Amazon.CDK.AWS.ElasticLoadBalancingV2.HealthCheck { Path = "/health", Interval = Duration.Seconds(10), HealthyThresholdCount = 2, UnhealthyThresholdCount = 2, Timeout = Duration.Seconds(5) },
            });
            balancer.Pages[i].AddTargetGroups($"Store{i + 1}", new AddApplicationTargetGroupsProps { TargetGroups = [group] });
        }
    }
}
