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

namespace Shop.Rehearsal.Hosting;

/// <summary>All that one Region consists of but its databases, which are members of global clusters.</summary>
internal sealed class LocalRegion : IAsyncDisposable
{
    public required string Name { get; init; }

    public required RegionPower Power { get; init; }

    public required ServiceFaults ServiceFaults { get; init; }

    public required RedisServer Redis { get; init; }

    public required DynaliteServer Dynalite { get; init; }

    public required DynamoDbGateway DynamoDb { get; init; }

    public required SecretStore Secrets { get; init; }

    public required S3Server S3 { get; init; }

    public required string S3Folder { get; init; }

    public required EventBus Events { get; init; }

    public required CloudWatchService CloudWatch { get; init; }

    public required SnsService Sns { get; init; }

    public required StepFunctionsService StepFunctions { get; init; }

    public required ApprovalDesk Approvals { get; init; }

    public required LambdaService Lambda { get; init; }

    public required LoadBalancer LoadBalancer { get; init; }

    /// <summary>The Region's AWS APIs behind one address: Step Functions, Secrets Manager, EventBridge, CloudWatch, RDS, Lambda.</summary>
    public required AwsJsonServer Aws { get; init; }

    /// <summary>Started last, for it needs addresses of all the others.</summary>
    public UiProcess? Ui { get; set; }

    /// <summary>Functions and their warm processes, once they are deployed.</summary>
    public IReadOnlyList<FunctionSpec> Functions { get; set; } = [];

    public Store Store => new(Name, Ui!.Address, LoadBalancer.Address);

    public int FunctionProcesses => !Power.IsOn ? 0 : Functions.Sum(f => Lambda.WorkersOf(f.Name).Count);

    public Task WarmAsync() => Task.WhenAll(Functions.Where(f => f.Warm > 0).Select(f => Lambda.WarmAsync(f.Name, f.Warm)));

    public async Task EnsureTablesAsync(CancellationToken cancellationToken)
    {
        await DynamoDb.EnsureTableAsync(TableDefinition.Carts, cancellationToken);
        await DynamoDb.EnsureTableAsync(TableDefinition.FailoverControl, cancellationToken);
    }

    /// <summary>Everything at once and without a goodbye, as when a Region goes dark.</summary>
    public async Task LoseAsync()
    {
        Power.TurnOff();
        Lambda.KillAll();
        await Task.WhenAll(Ui?.KillAsync() ?? Task.CompletedTask, Redis.KillAsync(), Dynalite.KillAsync());
    }

    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Redis.StartAsync(cancellationToken), Dynalite.StartAsync(cancellationToken));
        await EnsureTablesAsync(cancellationToken);
        Power.TurnOn();
        await Task.WhenAll(Ui!.StartAsync(cancellationToken), WarmAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await StepFunctions.DisposeAsync();
        await Events.DisposeAsync();
        if (Ui is not null)
        {
            await Ui.DisposeAsync();
        }

        await LoadBalancer.DisposeAsync();
        await Lambda.DisposeAsync();
        await Aws.DisposeAsync();
        await DynamoDb.DisposeAsync();
        await S3.DisposeAsync();
        CloudWatch.Dispose();
        await Task.WhenAll(Dynalite.DisposeAsync().AsTask(), Redis.DisposeAsync().AsTask());
    }
}
