using System.Linq;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <param name="Name">The table's name in every Region.</param>
/// <param name="PartitionKey">A string.</param>
/// <param name="Index">A global index and the string it is on.</param>
/// <param name="TimeToLive">The attribute by which items expire.</param>
internal sealed record GlobalTableProps(string Name, string PartitionKey, (string Name, string Key)? Index = null, string? TimeToLive = null);

/// <summary>A DynamoDB table with a replica in each Region, point-in-time recovery and protection in all of them.</summary>
internal sealed class GlobalTable : Construct
{
    public GlobalTable(Construct scope, string id, Deployment deployment, GlobalTableProps props) : base(scope, id)
    {
        string[] attributes = props.Index is { } i ? [props.PartitionKey, i.Key] : [props.PartitionKey];
        var table = new CfnGlobalTable(this, "Table", new CfnGlobalTableProps
        {
            TableName = props.Name,
            BillingMode = "PAY_PER_REQUEST",
            KeySchema = Key(props.PartitionKey),
            AttributeDefinitions = attributes
                .Select(a => new CfnGlobalTable.AttributeDefinitionProperty { AttributeName = a, AttributeType = "S" }).ToArray(),
            GlobalSecondaryIndexes = props.Index is not { } index ? null : new[]
            {
                new CfnGlobalTable.GlobalSecondaryIndexProperty
                {
                    IndexName = index.Name,
                    KeySchema = Key(index.Key),
                    Projection = new CfnGlobalTable.ProjectionProperty { ProjectionType = "ALL" },
                },
            },
            // Replication reads the stream.
            StreamSpecification = new CfnGlobalTable.StreamSpecificationProperty { StreamViewType = "NEW_AND_OLD_IMAGES" },
            SseSpecification = new CfnGlobalTable.SSESpecificationProperty { SseEnabled = true, SseType = "KMS" },
            TimeToLiveSpecification = props.TimeToLive is null ? null
                : new CfnGlobalTable.TimeToLiveSpecificationProperty { Enabled = true, AttributeName = props.TimeToLive },
            Replicas = deployment.Regions.Select(region => new CfnGlobalTable.ReplicaSpecificationProperty
            {
                Region = region.Code,
                DeletionProtectionEnabled = !deployment.Deletable,
                PointInTimeRecoverySpecification = new CfnGlobalTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
                Tags = new[] { new CfnTag { Key = "shop:environment", Value = deployment.Environment } },
            }).ToArray(),
        });
        table.ApplyRemovalPolicy(deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN);
    }

    private static CfnGlobalTable.KeySchemaProperty[] Key(string attribute) =>
        [new CfnGlobalTable.KeySchemaProperty { AttributeName = attribute, KeyType = "HASH" }];
}
