using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.DynamoDb;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.LoadBalancing;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.S3;
using Shop.Rehearsal.SecretsManager;
using Shop.Rehearsal.Sns;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Hosting;

/// <summary>Builds a Region up to the point where its addresses are known; functions, machines and UI come after.</summary>
internal sealed class RegionBuilder(EngineHost engines, AuroraFleet aurora, HttpClient http, ILoggerFactory logs, TimeProvider time)
{
    private static readonly ListenerRule[] Rules =
    [
        new("/catalogue*", "shop-catalog"), new("/catalog*", "shop-catalog"), new("/carts*", "shop-carts"), new("/checkout*", "shop-checkout"), new("/orders*", "shop-orders"),
    ];

    public async Task<LocalRegion> BuildAsync(string region, RegionPower power, CancellationToken cancellationToken)
    {
        var faults = new ServiceFaults();
        var redis = RedisServer.StartAsync(engines, $"redis-{region}", cancellationToken);
        var dynalite = await DynaliteServer.StartAsync(engines, $"dynalite-{region}", cancellationToken);
        var dynamoDb = await DynamoDbGateway.StartAsync(region, () => dynalite.Endpoint, power, time, logs.CreateLogger("dynamodb"), faults, cancellationToken);
        var s3Folder = engines.Folder.FolderFor($"s3-{region}");
        var events = new EventBus(power, time, logs.CreateLogger<EventBus>());
        var cloudWatch = new CloudWatchService(power, events, time, logs.CreateLogger<CloudWatchService>());
        var sns = new SnsService(power, time, logs.CreateLogger<SnsService>());
        var stepFunctions = new StepFunctionsService(
            power, new StepFunctionsOptions { HistoryFolder = engines.Folder.FolderFor($"executions-{region}") }, time, logs.CreateLogger<StepFunctionsService>());
        var lambda = await LambdaService.StartAsync(
            power, new LambdaOptions { Launcher = engines.Launcher, LogFolder = engines.Folder.FolderFor(Path.Combine("logs", region)), ScaleOutDelay = TimeSpan.FromMilliseconds(1000) }, cancellationToken);
        var secrets = new SecretStore(region, time);
        stepFunctions.PublishTo(events);
        events.AddReceiver(new StateMachineReceiver(stepFunctions));
        new TaskDependencies
        {
            Functions = new StateMachineInvoker(lambda),
            DynamoDb = dynamoDb.Address,
            Http = http,
            Sns = sns,
            Bus = events,
            CloudWatch = cloudWatch,
            Rds = new FaultyRds(new RdsIntegration(aurora), faults, time),
        }.AddTo(stepFunctions, time);
        var s3 = await S3Server.StartAsync(s3Folder, power, faults, cancellationToken);
        stepFunctions.Tasks.Add("s3", new S3ObjectIntegration(http, s3.Address));
        sns.CreateTopic(StateMachineDeployment.ApprovalTopic);
        sns.CreateTopic(StateMachineDeployment.NotificationTopic);

        return new LocalRegion
        {
            Name = region,
            Power = power,
            ServiceFaults = faults,
            Redis = await redis,
            Dynalite = dynalite,
            DynamoDb = dynamoDb,
            Secrets = secrets,
            S3 = s3,
            S3Folder = s3Folder,
            Events = events,
            CloudWatch = cloudWatch,
            Sns = sns,
            StepFunctions = stepFunctions,
            Approvals = new ApprovalDesk(sns, stepFunctions.Tokens, time),
            Lambda = lambda,
            LoadBalancer = await LoadBalancer.StartAsync(power, lambda, new LoadBalancerOptions { Rules = Rules }, cancellationToken),
            Aws = await AwsJsonServer.StartAsync(
                power,
                [
                    new StepFunctionsApi(stepFunctions).ToJsonApi(),
                    SecretsManagerApi.Create(secrets),
                    EventsApi.ToJsonApi(events),
                    CloudWatchApi.ToJsonApi(cloudWatch, time),
                ],
                async context => await LambdaEndpoints.TryInvokeAsync(context, lambda) || await AnswerRdsAsync(context, region),
                faults,
                cancellationToken),
        };
    }

    /// <summary>RDS speaks the query protocol and Lambda has paths; everything else at this address is JSON with a target.</summary>
    private async Task<bool> AnswerRdsAsync(HttpContext context, string region)
    {
        if (!RdsQueryApi.Accepts(context.Request))
        {
            return false;
        }

        await new RdsQueryApi(aurora).HandleAsync(context, region);
        return true;
    }
}
