using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Valkey without servers: always TLS, always in several zones, with a login of its own and the default user shut out.</summary>
internal sealed class CheckoutCache : Construct
{
    public CheckoutCache(Construct scope, string id, Deployment deployment, IVpc vpc, ISecurityGroup firewall, IKey key) : base(scope, id)
    {
        var user = new CfnUser(this, "User", new CfnUserProps
        {
            Engine = "valkey",
            UserId = deployment.Name("checkout"),
            UserName = "shop",
            AccessString = "on ~* +@read +@write +@connection +@transaction +@scripting +info -@dangerous",
            AuthenticationMode = new System.Collections.Generic.Dictionary<string, object>
            {
                ["Type"] = "password",
                ["Passwords"] = new[] { StoreSecret.Reference(deployment, "cache", "password") },
            },
        });
        var group = new CfnUserGroup(this, "Users", new CfnUserGroupProps
        {
            Engine = "valkey",
            UserGroupId = deployment.Name("checkout"),
            UserIds = [user.Ref],
        });
        Cache = new CfnServerlessCache(this, "Cache", new CfnServerlessCacheProps
        {
            Engine = "valkey",
            MajorEngineVersion = "8",
            ServerlessCacheName = deployment.Name("checkout"),
            Description = "Checkouts in progress",
            KmsKeyId = key.KeyArn,
            SecurityGroupIds = [firewall.SecurityGroupId],
            SubnetIds = vpc.SelectSubnets(new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED }).SubnetIds,
            UserGroupId = group.Ref,
            DailySnapshotTime = "04:00",
            SnapshotRetentionLimit = 1,
            CacheUsageLimits = new CfnServerlessCache.CacheUsageLimitsProperty
            {
                DataStorage = new CfnServerlessCache.DataStorageProperty { Maximum = 5, Unit = "GB" },
                EcpuPerSecond = new CfnServerlessCache.ECPUPerSecondProperty { Maximum = 5000 },
            },
        });
    }

    public CfnServerlessCache Cache { get; }

    public string Endpoint => $"{Cache.AttrEndpointAddress}:{Cache.AttrEndpointPort}";
}
