namespace Shop.Cdk.Tests;

/// <summary>
/// The id of a thing that keeps data is forever: CloudFormation takes a new id for a new thing and removes the old one. Whoever changes this list moves data.
/// </summary>
public sealed class LogicalIdTests
{
    private static readonly string[] Keeping =
    [
        "AWS::RDS::GlobalCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::KMS::Key",
        "AWS::SecretsManager::Secret", "AWS::AmazonMQ::Broker", "AWS::ElastiCache::ServerlessCache", "AWS::ECR::Repository", "AWS::EC2::VPC",
        "AWS::Route53::HostedZone", "AWS::Route53RecoveryControl::Cluster", "AWS::Route53RecoveryControl::RoutingControl",
    ];

    [Fact]
    public void Things_that_keep_data_keep_their_ids()
    {
        var ids = Templates.Default.All().Where(r => Keeping.Contains(r.Resource.Type()) && !r.Stack.Contains("-standby-", StringComparison.Ordinal))
            .Select(r => $"{r.Stack["shop-dev-primary-".Length..]} {r.Id}").Order(StringComparer.Ordinal);

        Assert.Equal(File.ReadAllLines(Path.Combine(Templates.Repository, "tests", "Shop.Cdk.Tests", "logical-ids.txt")), ids);
    }
}
