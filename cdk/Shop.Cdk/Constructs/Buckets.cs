using Amazon.CDK;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.S3;
using Constructs;

namespace Shop.Cdk.Constructs;

/// <summary>Buckets that are private, encrypted, and spoken to over TLS only.</summary>
internal static class Buckets
{
    /// <param name="scope">Where it belongs.</param>
    /// <param name="id">Its id there.</param>
    /// <param name="deployment">The environment.</param>
    /// <param name="key">Null for a bucket that services write access logs to: they can't use a key.</param>
    /// <param name="accessLogs">Null for that bucket itself.</param>
    public static Bucket Create(Construct scope, string id, Deployment deployment, IKey? key, IBucket? accessLogs) => new(scope, id, new BucketProps
    {
        BlockPublicAccess = BlockPublicAccess.BLOCK_ALL,
        EnforceSSL = true,
        Encryption = key is null ? BucketEncryption.S3_MANAGED : BucketEncryption.KMS,
        EncryptionKey = key,
        BucketKeyEnabled = key is not null,
        Versioned = key is not null,
        ObjectOwnership = ObjectOwnership.BUCKET_OWNER_ENFORCED,
        ServerAccessLogsBucket = accessLogs,
        ServerAccessLogsPrefix = accessLogs is null ? null : $"{id.ToLowerInvariant()}/",
        RemovalPolicy = deployment.Deletable || accessLogs is null ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
        LifecycleRules =
        [
            new LifecycleRule
            {
                AbortIncompleteMultipartUploadAfter = Duration.Days(1),
                Expiration = accessLogs is null ? Duration.Days(90) : null,
                NoncurrentVersionExpiration = key is null ? null : Duration.Days(90),
            },
        ],
    });
}
