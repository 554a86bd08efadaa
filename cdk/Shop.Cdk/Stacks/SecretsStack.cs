using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SecretsManager;
using Constructs;
using Shop.Cdk.Constructs;

namespace Shop.Cdk.Stacks;

/// <summary>
/// Rotation of the databases' logins, in the Region where the secrets are and not their replicas. Two users take turns, so both passwords are good until the
/// next turn; functions read a secret again when a login is refused, so nothing is restarted.
/// </summary>
internal sealed class SecretsStack : Stack
{
    public SecretsStack(Construct scope, string id, RegionStackProps props, NetworkStack network) : base(scope, id, props)
    {
        var (deployment, region) = (props.Deployment, props.Region);
        foreach (var database in Deployment.Databases)
        {
            var name = char.ToUpperInvariant(database[0]) + database[1..];
            var environment = new Dictionary<string, string>(DatabaseSettings.Of(this, deployment, region, database, "admin")) { ["DB_APP_SECRET_ID"] = deployment.Name($"{database}-app") };
            var app = StoreSecret.ArnOf(this, deployment, $"{database}-app");
            var rotate = new ServiceFunction(this, $"Rotate{name}", deployment, network.Key, new($"rotate-{database}", "shop-migrator", "RotateLogin", environment)
            {
                TimeoutSeconds = 60,
                Network = new NetworkAccess(network.Vpc, network.Firewall.Functions),
                Permissions =
                [
                    .. new Permissions(this, deployment, network.Key).ReadSecret($"{database}-admin"),
                    Statements.Allow(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret", "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"], app),
                    new Permissions(this, deployment, network.Key).UseKey("kms:Decrypt", "kms:GenerateDataKey"),
                ],
            });
            var invoke = new Amazon.CDK.AWS.Lambda.CfnPermission(this, $"Invoke{name}", new Amazon.CDK.AWS.Lambda.CfnPermissionProps
            {
                Action = "lambda:InvokeFunction",
                FunctionName = rotate.Function.FunctionArn,
                Principal = "secretsmanager.amazonaws.com",
                SourceAccount = Account,
            });
            var schedule = new CfnRotationSchedule(this, $"{name}Schedule", new CfnRotationScheduleProps
            {
                SecretId = deployment.Name($"{database}-app"),
                RotationLambdaArn = rotate.Function.FunctionArn,
                // The first turn comes by the clock. AWS tries it out at once all the same, so this stack comes after the migration that makes the login.
                RotateImmediatelyOnUpdate = false,
                RotationRules = new CfnRotationSchedule.RotationRulesProperty { AutomaticallyAfterDays = 30 },
            });
            schedule.AddDependency(invoke);
        }
    }
}
