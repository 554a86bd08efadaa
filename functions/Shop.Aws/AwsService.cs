namespace Shop.Aws;

/// <summary>What a service is called: in <c>AWS_ENDPOINT_URL_*</c>, in its host name, in a signature, and in its protocol.</summary>
public sealed record AwsService(
    string EndpointVariable,
    string HostPrefix,
    string SigningName,
    string? TargetPrefix = null,
    string JsonVersion = "1.1",
    string? QueryVersion = null)
{
    public static AwsService SecretsManager { get; } = new("SECRETS_MANAGER", "secretsmanager", "secretsmanager", "secretsmanager");

    /// <summary>ARC's data plane. It has no Regional endpoint: each call names one of the cluster's five.</summary>
    public static AwsService RecoveryCluster { get; } =
        new("ROUTE53_RECOVERY_CLUSTER", "route53-recovery-cluster", "route53-recovery-cluster", "ToggleCustomerAPI", "1.0");

    public static AwsService Rds { get; } = new("RDS", "rds", "rds", QueryVersion: "2014-10-31");

    public static AwsService CloudWatch { get; } = new("CLOUDWATCH", "monitoring", "monitoring", QueryVersion: "2010-08-01");

    public static AwsService StepFunctions { get; } = new("SFN", "states", "states", "AWSStepFunctions", "1.0");

    public static AwsService DynamoDb { get; } = new("DYNAMODB", "dynamodb", "dynamodb", "DynamoDB_20120810", "1.0");
}
