using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>A generated login (`username`, `password`) under one name in both Regions, each encrypted with the Region's own key.</summary>
internal sealed class StoreSecret : Construct
{
    public StoreSecret(Construct scope, string id, Deployment deployment, IKey key, string name, string username) : base(scope, id)
    {
        Secret = new Secret(this, "Secret", new SecretProps
        {
            SecretName = deployment.Name(name),
            Description = $"Login {username} of {name}",
            EncryptionKey = key,
            GenerateSecretString = new SecretStringGenerator
            {
                SecretStringTemplate = $$"""{"username":{{JsonSerializer.Serialize(username)}}}""",
                GenerateStringKey = "password",
                PasswordLength = 32,
                // RabbitMQ, Redis and connection strings each dislike some of the rest.
                ExcludePunctuation = true,
            },
            RemovalPolicy = deployment.Deletable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
        });
        if (deployment.Standby is { } standby)
        {
            var secret = (CfnSecret)Secret.Node.DefaultChild!;
            secret.ReplicaRegions = new[] { new CfnSecret.ReplicaRegionProperty { Region = standby.Code, KmsKeyId = StoreKey.AliasOf(deployment) } };
        }
    }

    public Secret Secret { get; }

    /// <summary>By name, for any Region: Secrets Manager adds six characters of its own to the name.</summary>
    public static string ArnOf(Construct scope, Deployment deployment, string name)
    {
        var stack = Stack.Of(scope);
        return $"arn:{stack.Partition}:secretsmanager:{stack.Region}:{stack.Account}:secret:{deployment.Name(name)}-??????";
    }

    /// <summary>A reference that CloudFormation resolves when it deploys: no template has the value.</summary>
    public static string Reference(Deployment deployment, string name, string field) =>
        $"{{{{resolve:secretsmanager:{deployment.Name(name)}:SecretString:{field}}}}}";
}
