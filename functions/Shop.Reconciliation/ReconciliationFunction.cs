using Amazon;
using Amazon.S3;
using Shop.Aws;
using Shop.Aws.Secrets;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation;

/// <summary>The tasks of the reconciliation state machine.</summary>
internal static class ReconciliationFunction
{
    public static async Task<int> RunAsync(HttpClient? runtimeApi = null, CancellationToken cancellationToken = default)
    {
        var options = ReconciliationOptions.Read(Environment.GetEnvironmentVariable);
        var aws = AwsClient.Create(Environment.GetEnvironmentVariable);
        var login = new DatabaseLogin(new SecretsManager(aws, TimeProvider.System), options.SslMode, options.SslCa);
        using var s3 = CreateS3(options);
        return await CreateTasks(aws, login, new S3ReportFiles(s3, options.ReportBucket), options.PeerRdsEndpoint)
            .RunAsync(runtimeApi, cancellationToken);
    }

    /// <summary>The handlers. Tests pass a <paramref name="hash"/> that is broken on purpose, to show that it is noticed.</summary>
    internal static TaskFunction CreateTasks(
        AwsClient aws, DatabaseLogin login, IReportFiles files, Uri? peerRds = null, Func<string, DatabasePair>? pairOf = null, string? planFolder = null,
        RowHash? hash = null)
    {
        return new TaskFunction()
            .Map("FindSnapshot", RJson.Default.FindSnapshotInput, RJson.Default.FindSnapshotOutput, new FindSnapshotTask(aws, peerRds).RunAsync)
            .Map("Plan", RJson.Default.PlanInput, RJson.Default.PlanOutput, new PlanTask(login, files, planFolder ?? PlanFile.DefaultFolder, hash).RunAsync)
            .Map("Compare", RJson.Default.CompareInput, RJson.Default.CompareOutput, new CompareTask(login, files, hash).RunAsync)
            .Map("Prove", RJson.Default.ProveInput, RJson.Default.ProveOutput,
                new ProveTask(login, pairOf ?? PairSettings.FromEnvironment, planFolder ?? PlanFile.DefaultFolder, hash, TimeProvider.System).RunAsync)
            .Map("Replay", RJson.Default.ReplayInput, RJson.Default.ReplayCounts, new ReplayTask(login, files, TimeProvider.System).RunAsync)
            .Map("Report", RJson.Default.ReportInput, RJson.Default.ReportOutput, new ReportTask(files, TimeProvider.System).RunAsync);
    }

    private static AmazonS3Client CreateS3(ReconciliationOptions options)
    {
        var config = new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region) };
        if (options.S3Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region;
            // Bucket names as host names need a DNS that only AWS has.
            config.ForcePathStyle = true;
        }

        return new AmazonS3Client(config);
    }
}
