using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Sns;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

/// <summary>Step Functions of one Region with everything that its machines can call, functions and RDS played by delegates.</summary>
internal sealed class StepFunctionsRig : IAsyncDisposable, IFunctionInvoker, IRdsCalls
{
    private readonly HttpClient _http = new();

    public StepFunctionsRig(Uri? dynamoDb = null, string? historyFolder = null)
    {
        Service = new(Power, new() { HistoryFolder = historyFolder }, TimeProvider.System);
        Bus = new(Power, TimeProvider.System);
        CloudWatch = new(Power, Bus, TimeProvider.System);
        Sns = new(Power, TimeProvider.System);
        Bus.AddReceiver(new StateMachineReceiver(Service));
        new TaskDependencies
        {
            Functions = this, DynamoDb = dynamoDb ?? new("http://127.0.0.1:9"), Http = _http, Sns = Sns, Bus = Bus, CloudWatch = CloudWatch, Rds = this,
        }.AddTo(Service, TimeProvider.System);
    }

    public RegionPower Power { get; } = new("us-west-2");

    public StepFunctionsService Service { get; }

    public EventBus Bus { get; }

    public CloudWatchService CloudWatch { get; }

    public SnsService Sns { get; }

    public Func<string, JsonElement, CancellationToken, Task<FunctionAnswer>> Function { get; set; } =
        (_, payload, _) => Task.FromResult(new FunctionAnswer(JsonSerializer.SerializeToUtf8Bytes(payload), false));

    public Func<string, JsonElement, JsonNode> Rds { get; set; } = (action, _) => throw new InvalidOperationException(action);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Bus.DisposeAsync();
        CloudWatch.Dispose();
        _http.Dispose();
    }

    public Task<FunctionAnswer> InvokeAsync(string functionNameOrArn, byte[] payload, CancellationToken cancellationToken) =>
        Function(functionNameOrArn, JsonConversions.Parse(payload), cancellationToken);

    public Task<JsonElement> CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken) =>
        Task.FromResult(Rds(action, parameters).ToElement());

    /// <summary>Creates a machine with one task and returns its ARN.</summary>
    public string CreateTask(string name, string resource, string parameters) =>
        Service.Create(name, OneTask(resource, parameters)).Arn;

    private static string OneTask(string resource, string parameters) => $$"""
        {"StartAt":"Call","States":{"Call":{"Type":"Task","Resource":"{{resource}}","Parameters":{{parameters}},"End":true} } }
        """;

    /// <summary>Runs a machine of one task to its end.</summary>
    public async Task<Execution> RunTaskAsync(string resource, string parameters, string input = "{}")
    {
        var execution = Service.Start(CreateTask("m" + Guid.CreateVersion7(), resource, parameters), null, input);
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return execution;
    }
}
