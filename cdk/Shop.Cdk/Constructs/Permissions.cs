using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>What functions may do with the store's own things, in words of the store.</summary>
internal sealed class Permissions(Construct scope, Deployment deployment, IKey key)
{
    private Stack Here => Stack.Of(scope);

    public PolicyStatement[] ReadSecret(params string[] names) =>
    [
        Statements.Allow(["secretsmanager:GetSecretValue"], System.Array.ConvertAll(names, name => StoreSecret.ArnOf(scope, deployment, name))),
        UseKey("kms:Decrypt"),
    ];

    public PolicyStatement UseKey(params string[] actions) => Statements.Allow(actions, key.KeyArn);

    public PolicyStatement Table(string name, params string[] actions) => Statements.Allow(actions, TableArn(name));

    public PolicyStatement Index(string table, string index, params string[] actions) => Statements.Allow(actions, $"{TableArn(table)}/index/{index}");

    private string TableArn(string name) => $"arn:{Here.Partition}:dynamodb:{Here.Region}:{Here.Account}:table/{deployment.Name(name)}";
}
