using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.ControlRoom.Tests.Staging;

/// <summary>The states that the page can be in. Executions in them are real ones, of the real definitions, that hang at their first task.</summary>
internal sealed class Scenes : IAsyncDisposable
{
    private static readonly string[] Names = ["Orders DB", "Catalog DB", "Redis", "RabbitMQ", "DynamoDB", "Store UI"];
    private readonly StepFunctionsService _service = Machines.Deploy();
    private TaskCompletionSource _hold = new();

    public Scenes()
    {
        foreach (var name in (string[])["dynamodb", "lambda", "aws-sdk:dynamodb", "aws-sdk:rds", "states", "aws-sdk:sfn"])
        {
            _service.Tasks.Add(name, new Hanging(this));
        }
    }
    private readonly string _folder = Directory.CreateTempSubdirectory("control-room-").FullName;

    /// <summary>Each with what is on the page when it has come.</summary>
    public static IReadOnlyList<(string Scene, string Seen)> All { get; } =
    [
        ("empty", "#machine .empty"), ("loading", ".region:not(:has(.dep[data-health=ok] + .dep))"), ("busy", "#audit table"), ("faulty", ".fault-on"), ("lost", ".gone"),
        ("asking", "#headline button:has-text('Deny')"), ("moving", "#step-title:has-text('ReadFacts')"), ("failed", "#machine table"), ("report", "#report iframe"),
    ];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static RoomView Well => new()
    {
        At = Now,
        Store = new Uri("http://127.0.0.1:9/"),
        Regions = [Region("us-east-1", "primary", isWriter: true), Region("us-west-2", "standby", isWriter: false)],
        Links = [.. ((string[])["Database replication", "Remote writes", "DynamoDB replication", "Service calls"]).Select(n => new LinkView(n, "what it carries", "Pass", "passes"))],
        Arc = [.. Enumerable.Range(0, 5).Select(i => new ArcView($"region-{i}", "None"))],
        Journeys = new JourneyFigures(new Dictionary<string, double> { ["us-east-1"] = 30, ["us-west-2"] = 24 }, new Dictionary<string, double> { ["us-east-1"] = 55, ["us-west-2"] = 45 }, 80, 0, 30, 120),
        Shoppers = 3,
    };

    /// <summary>With the query that shows it.</summary>
    public async Task<(RoomView View, string Query)> MakeAsync(string name, CancellationToken cancellationToken) => name switch
    {
        "empty" => (Well with { Shoppers = 0, Preview = _service.StateMachines.Single(m => m.Name == "regional-failover") }, ""),
        "loading" => (Well with { Regions = [.. Well.Regions.Select(r => r with { Dependencies = [], Epoch = null, Alarm = "INSUFFICIENT_DATA" })] }, ""),
        "busy" => (Well with { Timeline = [new Happening(Now, "3 shoppers browse and buy")], Audit = Audit() }, ""),
        "faulty" => (Faulty(), ""),
        "lost" => (Lost(), ""),
        "asking" => (Lost() with { Executions = [await StartAsync(cancellationToken)], Approvals = [new("us-west-2", "Approve the failover to us-west-2?", Now, "failover", "it burns")] }, ""),
        "moving" => (Lost() with { Executions = [await StartAsync(cancellationToken)] }, "?step=ReadFacts"),
        "failed" => (Well with { Executions = [await StoppedAsync(cancellationToken)] }, "?view=table"),
        "report" => await ReportAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Not a scene."),
    };

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static RegionView Region(string name, string role, bool isWriter) => new(
        name, role, true, isWriter, null, 1, true, 50, "OK", new Uri("http://127.0.0.1:9/"),
        [.. ((string[])["catalog", "orders"]).Select(d => new DatabaseStatus(d, name, isWriter ? "writer" : "reader", 1, isWriter ? null : 20))],
        [.. Names.Select(n => new Dependency(n, Health.Ok, "answers in 3 ms"))], 13, 0);

    private static RoomView Faulty() => Well with
    {
        Faults = [new ActiveFault(FaultKind.Find("cut-replication")!, null, Now), new ActiveFault(FaultKind.Find("pause-redis")!, "us-west-2", Now)],
        Links = [.. Well.Links.Select((l, i) => l with { Mode = ((string[])["Cut", "Delay", "Blackhole", "Pass"])[i], Detail = ((string[])["cut", "1 s slower", "silent", "passes"])[i] })],
        Regions = [Well.Regions[0], Well.Regions[1] with { Dependencies = [.. Well.Regions[1].Dependencies.Select((d, i) => d with { Health = i == 2 ? Health.Down : i == 3 ? Health.Slow : Health.Ok, Detail = "no answer in 1.5 s" })] }],
        Arc = [.. Well.Arc.Select((a, i) => i < 4 ? a with { Fault = "Unavailable" } : a)],
    };

    private static RoomView Lost() => Well with
    {
        Regions =
        [
            Well.Regions[0] with { IsOn = false, LostAt = Now.AddSeconds(-12), Epoch = null, SharePercent = 20, Copies = [.. Well.Regions[0].Copies.Select(c => c with { Role = "down" })] },
            Well.Regions[1] with { Alarm = "ALARM" },
        ],
        Clock = new MoveClock("us-east-1 is lost", true, Now.AddSeconds(-12), null, [new ClockMark("detected", Now.AddSeconds(-8))], ""),
    };

    private static IReadOnlyList<AuditEntry> Audit() =>
    [
        new(Now, "ann", "control room", "shoppers 3", "a drill") { Succeeded = true, Answer = "3 shoppers browse and buy." },
        new(Now, "ben", "terminal", "restore-region primary", null) { Succeeded = false, Answer = "us-east-1 is not lost." },
        new(Now, "ben", "terminal", "lose-region primary", null),
    ];

    private async Task<Execution> StartAsync(CancellationToken cancellationToken)
    {
        var execution = _service.Start(StateMachineDeployment.MachineArn(Machines.Region, "regional-failover"), input: """{"mode":"failover","allowDataLoss":true,"dryRun":false}""");
        await Task.WhenAny(execution.Completion, Task.Delay(500, cancellationToken));
        return execution;
    }

    /// <summary>The tasks that hang now end in an error; what is called after them hangs again.</summary>
    public void FailWhatHangs() =>
        Interlocked.Exchange(ref _hold, new()).SetException(new TaskFailureException("DynamoDB.InternalServerErrorException", "A test makes it fail."));

    private sealed class Hanging(Scenes scenes) : ITaskIntegration
    {
        public async Task<System.Text.Json.JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
        {
            await scenes._hold.Task.WaitAsync(cancellationToken);
            return default;
        }
    }

    private async Task<Execution> StoppedAsync(CancellationToken cancellationToken)
    {
        var execution = await StartAsync(cancellationToken);
        await _service.StopAsync(execution.Arn, "Operator.Stopped", "Stopped by a test.");
        return execution;
    }

    private async Task<(RoomView View, string Query)> ReportAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "report.html"), "<!doctype html><html lang=\"en\"><head><title>Report</title></head><body><main><h1>25 orders are missing</h1></main></body></html>");
        var report = new ReportView("orders-0123456789", "orders", "order", Now, 25, 1, 0, "1,459.94 USD", "exact", _folder);
        return (Well with { Reports = [report, report with { Id = "catalog-0123456789", Database = "catalog", Noun = "product", Missing = 0, Money = "" }] }, "?report=orders-0123456789");
    }
}
