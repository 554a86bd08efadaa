using Amazon.CDK;
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
        _ = new GlobalTable(this, "Carts", deployment, new(deployment.Name("carts"), "id", ("idx_global_customerId", "customerId"), "expiresAt"));
        _ = new GlobalTable(this, "Control", deployment, new(deployment.Name("failover-control"), "pk"));
        _ = new StoreSecret(this, "BrokerLogin", deployment, network.Key, "broker", "shop");
        _ = new StoreSecret(this, "CacheLogin", deployment, network.Key, "cache", "shop");
        foreach (var database in Deployment.Databases)
        {
            AddDatabase(database, props, network);
        }
    }

    private void AddDatabase(string database, RegionStackProps props, NetworkStack network)
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
        _ = new StoreSecret(this, $"{name}Admin", deployment, network.Key, $"{database}-admin", "shopadmin");
        _ = new StoreSecret(this, $"{name}App", deployment, network.Key, $"{database}-app", $"{database}_app");
    }
}
