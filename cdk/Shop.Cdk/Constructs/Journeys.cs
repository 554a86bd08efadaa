using System.Collections.Generic;
using System.IO;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.Synthetics;
using Constructs;
using Shop.Cdk.Stacks;

namespace Shop.Cdk.Constructs;

/// <summary>
/// Who watches whom. A function looks at each store every minute, which is what alarms need and costs cents. Something is bought less often: by Synthetics
/// canaries through the pages where they are wanted, for each run is dear and they need an endpoint; else by a function through the APIs, every hour.
/// </summary>
internal sealed class Journeys : Construct
{
    public Journeys(Construct scope, string id, Deployment deployment, RegionSettings region, NetworkStack network) : base(scope, id)
    {
        var peer = deployment.PeerOf(region);
        var targets = new List<(string Name, string Host, string ApiHost)>
        {
            ("local", deployment.HostOf(region), deployment.HostOf(region)),
            ("global", deployment.StoreName, $"api.{deployment.Domain}"),
        };
        if (peer is not null)
        {
            targets.Add(("remote", deployment.HostOf(peer), deployment.HostOf(peer)));
        }

        // What a Region can show without the other one's writer: a broken self must not judge the other.
        Look("pages", deployment, network, new() { ["STORE_URL"] = $"{deployment.Scheme}://{deployment.HostOf(region)}/", ["ORDERS_URL"] = deployment.ApiUrl(region), ["LOOK_AT"] = "pages" });
        Bucket? results = null;
        foreach (var (name, host, apiHost) in targets)
        {
            var pascal = char.ToUpperInvariant(name[0]) + name[1..];
            var environment = new Dictionary<string, string>
            {
                ["STORE_URL"] = $"{deployment.Scheme}://{host}/",
                ["ORDERS_URL"] = $"{deployment.Scheme}://{apiHost}:{deployment.ApiPort}/",
            };
            Look(name, deployment, network, environment);
            if (deployment.CanaryMinutes > 0)
            {
                results ??= Buckets.Create(this, "Results", deployment, network.Key, network.AccessLogs);
                AddCanary(deployment, network, name, pascal, environment, results);
            }
            else
            {
                Buy(name, pascal, deployment, network, environment["ORDERS_URL"]);
            }
        }
    }

    public static string CanaryName(Deployment deployment, string journey) => deployment.Name($"buy-{journey}");

    private void Look(string name, Deployment deployment, NetworkStack network, Dictionary<string, string> environment)
    {
        var id = $"Look{char.ToUpperInvariant(name[0])}{name[1..]}";
        var look = new ServiceFunction(this, id, deployment, network.Key, new($"look-{name}", "shop-failover", "LookAtStore", environment)
        {
            MemoryMb = 256,
            Network = new NetworkAccess(network.Vpc, network.Firewall.Functions),
        });
        Schedules.Every(this, id, deployment, $"look-{name}", 1, look);
    }

    private void Buy(string name, string pascal, Deployment deployment, NetworkStack network, string apis)
    {
        var buy = new ServiceFunction(this, $"Buy{pascal}", deployment, network.Key,
            new($"buy-{name}", "shop-failover", "PlaceSyntheticOrder", new Dictionary<string, string> { ["ORDERS_URL"] = apis })
            {
                TimeoutSeconds = 60,
                MemoryMb = 256,
                Network = new NetworkAccess(network.Vpc, network.Firewall.Functions),
            });
        // The event's id makes the order's: an event that comes twice buys once. The order is cancelled at once.
        Schedules.Every(this, $"Buy{pascal}", deployment, $"buy-{name}", 60, buy,
            RuleTargetInput.FromObject(new Dictionary<string, object> { ["runId"] = EventField.FromPath("$.id") }));
    }

    private void AddCanary(Deployment deployment, NetworkStack network, string name, string pascal, Dictionary<string, string> look, Bucket results)
    {
        var stack = Stack.Of(this);
        var canary = CanaryName(deployment, name);
        var role = new Role(this, $"Buy{pascal}Role", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com"), Description = $"What the canary {name} may do" });
        role.AddToPolicy(Statements.Allow(["s3:PutObject"], results.ArnForObjects($"{name}/*")));
        role.AddToPolicy(Statements.Allow(["s3:GetBucketLocation"], results.BucketArn));
        role.AddToPolicy(Statements.Allow(["kms:GenerateDataKey"], network.Key.KeyArn));
        role.AddToPolicy(Statements.Allow(["s3:ListAllMyBuckets", "xray:PutTraceSegments", "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"], "*"));
        role.AddToPolicy(Statements.AllowIf(["cloudwatch:PutMetricData"], ["*"], "StringEquals", "cloudwatch:namespace", "CloudWatchSynthetics"));
        role.AddToPolicy(Statements.Allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            $"arn:{stack.Partition}:logs:{stack.Region}:{stack.Account}:log-group:/aws/lambda/cwsyn-{canary}-*"));
        var buy = new CfnCanary(this, $"Buy{pascal}", new CfnCanaryProps
        {
            Name = canary,
            RuntimeVersion = "syn-nodejs-puppeteer-13.0",
            Code = new CfnCanary.CodeProperty { Handler = "index.handler", Script = File.ReadAllText(Path.Combine(deployment.Folder, "cdk", "canaries", "buy.js")) },
            Schedule = new CfnCanary.ScheduleProperty { Expression = deployment.CanaryMinutes == 1 ? "rate(1 minute)" : $"rate({deployment.CanaryMinutes} minutes)" },
            ExecutionRoleArn = role.RoleArn,
            ArtifactS3Location = $"s3://{results.BucketName}/{name}",
            StartCanaryAfterCreation = true,
            SuccessRetentionPeriod = 7,
            FailureRetentionPeriod = 31,
            RunConfig = new CfnCanary.RunConfigProperty
            {
                TimeoutInSeconds = 60,
                ActiveTracing = true,
                EnvironmentVariables = new Dictionary<string, string> { ["STORE_URL"] = look["STORE_URL"], ["API_URL"] = look["ORDERS_URL"] },
            },
            VpcConfig = new CfnCanary.VPCConfigProperty
            {
                VpcId = network.Vpc.VpcId,
                SubnetIds = network.Vpc.SelectSubnets(new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED }).SubnetIds,
                SecurityGroupIds = [network.Firewall.Canaries.SecurityGroupId],
            },
        });
        // Its function goes with it. Typed from Amazon.CDK.Lib 2.175 on.
        buy.AddPropertyOverride("ProvisionedResourceCleanup", "AUTOMATIC");
    }
}
