using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.RDS;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>
/// What exists once for both Regions and lives on in either: the global clusters, the global tables, the logins with their replicas. It is
/// deployed in the primary Region, before the Regions' own data.
/// </summary>
internal sealed class GlobalStack : Stack
{
    public GlobalStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var deployment = props.Deployment;
        // By its ARN: as itself it would write the secrets into its policy, and so into the primary's network alone.
        var key = Key.FromKeyArn(this, "Key", network.Key.KeyArn);
        _ = new GlobalTable(this, "Carts", deployment, new(deployment.Name("carts"), "id", ("idx_global_customerId", "customerId"), "expiresAt"));
        _ = new GlobalTable(this, "Control", deployment, new(deployment.Name("failover-control"), "pk"));
        _ = new StoreSecret(this, "BrokerLogin", deployment, key, "broker", "shop");
        _ = new StoreSecret(this, "CacheLogin", deployment, key, "cache", "shop");
        foreach (var database in Deployment.Databases)
        {
            AddDatabase(database, props, key);
        }
    }

    private void AddDatabase(string database, RegionStackProps props, IKey key)
    {
        var deployment = props.Deployment;
        var name = char.ToUpperInvariant(database[0]) + database[1..];
        // Where its writer answers is told by `describe-global-clusters` only: `cdk/deploy.sh` makes a fact of it.
        var cluster = new CfnGlobalCluster(this, $"{name}Cluster", new CfnGlobalClusterProps
        {
            GlobalClusterIdentifier = deployment.Name(database),
            Engine = "aurora-mysql",
            EngineVersion = deployment.EngineVersion,
            StorageEncrypted = true,
            DeletionProtection = !deployment.Deletable,
        });
        cluster.ApplyRemovalPolicy(deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
        _ = new StoreSecret(this, $"{name}Admin", deployment, key, $"{database}-admin", "shopadmin");
        _ = new StoreSecret(this, $"{name}App", deployment, key, $"{database}-app", $"{database}_app");
    }
}
