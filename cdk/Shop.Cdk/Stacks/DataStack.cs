using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.S3;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>What a Region keeps: its members of the two global clusters, its cache, its broker, its reports.</summary>
internal sealed class DataStack : Stack
{
    public DataStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        Subnets = new CfnDBSubnetGroup(this, "DatabaseSubnets", new CfnDBSubnetGroupProps
        {
            DbSubnetGroupName = deployment.Name("databases"),
            DbSubnetGroupDescription = "Private subnets in three zones",
            SubnetIds = network.Vpc.IsolatedSubnets.Select(s => s.SubnetId).ToArray(),
        });
        foreach (var database in Deployment.Databases)
        {
            var name = char.ToUpperInvariant(database[0]) + database[1..];
            var cluster = new AuroraCluster(this, name, deployment, region, database, Subnets, network.Firewall.Databases, network.Key);
            props.Facts.Publish(this, region.RoleName, $"{database}-reader", cluster.Reader);
        }

        var cache = new CheckoutCache(this, "Checkouts", deployment, network.Vpc, network.Firewall.Cache, network.Key);
        props.Facts.Publish(this, region.RoleName, "cache", cache.Endpoint);
        if (region.Role == RegionRole.Primary || deployment.StandbyBroker)
        {
            var broker = new OrderBroker(this, "Broker", deployment, network.Vpc, network.Firewall.Broker);
            props.Facts.Publish(this, region.RoleName, "broker", broker.Endpoint);
        }

        Reports = Buckets.Create(this, "Reports", deployment, network.Key, network.AccessLogs);
        Outputs.Add(this, "ReportBucket", "Missing-transaction reports", Reports.BucketName);
    }

    public CfnDBSubnetGroup Subnets { get; }
    public Bucket Reports { get; }
}
