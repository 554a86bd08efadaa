using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Sns;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The Region's services that its state machines call.</summary>
public sealed record TaskDependencies
{
    public required IFunctionInvoker Functions { get; init; }

    public required Uri DynamoDb { get; init; }

    public required HttpClient Http { get; init; }

    public required SnsService Sns { get; init; }

    public required EventBus Bus { get; init; }

    public required CloudWatchService CloudWatch { get; init; }

    public required IRdsCalls Rds { get; init; }

    public IS3Calls? S3 { get; init; }

    /// <summary>Makes all of them callable from the Region's state machines.</summary>
    public void AddTo(StepFunctionsService service, TimeProvider time)
    {
        var dynamoDb = new DynamoDbIntegration(Http, DynamoDb, service.Region, time);
        service.Tasks
            .Add("lambda", new LambdaIntegration(Functions))
            .Add("dynamodb", dynamoDb)
            .Add("aws-sdk:dynamodb", dynamoDb)
            .Add("states", new NestedExecutionIntegration(service))
            .Add("aws-sdk:sfn", new SdkIntegration("Sfn", new StepFunctionsApi(service).Operations, camelMembers: true))
            .Add("sns", new SnsIntegration(Sns))
            .Add("events", new EventsIntegration(Bus))
            .Add("aws-sdk:rds", new CallsIntegration(service.Region, Rds))
            .Add("aws-sdk:cloudwatch", new SdkIntegration("CloudWatch", CloudWatchApi.Operations(CloudWatch, time), camelMembers: false));
        if (S3 is not null)
        {
            service.Tasks.Add("aws-sdk:s3", new CallsIntegration(service.Region, S3));
        }
    }
}
