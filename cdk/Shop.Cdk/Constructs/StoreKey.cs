using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>The Region's key for databases, secrets, reports, queues and logs. Each Region has its own: none depends on the other's.</summary>
internal sealed class StoreKey : Construct
{
    public StoreKey(Construct scope, string id, Deployment deployment, RegionSettings region) : base(scope, id)
    {
        Key = new Key(this, "Key", new KeyProps
        {
            Alias = AliasOf(deployment),
            Description = $"Everything that {deployment.Name("")[..^1]} keeps in this Region",
            EnableKeyRotation = true,
            RemovalPolicy = deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
            PendingWindow = Duration.Days(7),
        });
        var stack = Stack.Of(this);
        Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            Principals = [new ServicePrincipal($"logs.{region.Code}.amazonaws.com")],
            Actions = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:DescribeKey"],
            Resources = ["*"],
            Conditions = new Dictionary<string, object>
            {
                ["ArnLike"] = new Dictionary<string, object> { ["kms:EncryptionContext:aws:logs:arn"] = $"arn:{stack.Partition}:logs:{region.Code}:{stack.Account}:log-group:*{deployment.Environment}*" },
            },
        }));
        Key.AddToResourcePolicy(new PolicyStatement(new PolicyStatementProps
        {
            // Alarms and rules publish to encrypted topics and queues.
            Principals = [new ServicePrincipal("events.amazonaws.com"), new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("budgets.amazonaws.com")],
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = ["*"],
            Conditions = new Dictionary<string, object> { ["StringEquals"] = new Dictionary<string, object> { ["aws:SourceAccount"] = stack.Account } },
        }));
    }

    public Key Key { get; }

    public static string AliasOf(Deployment deployment) => $"alias/{deployment.Name("store")}";
}
