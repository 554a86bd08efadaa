using Shop.Nemesis.Checking;
using Shop.Nemesis.History;
using Shop.Nemesis.Traffic;

namespace Shop.Nemesis.Tests;

/// <summary>A history and a final state in which all is well: 20 orders, of which two were lost in a failover and reported, one refused, one without an answer.</summary>
internal sealed class SoundCase
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly OperationLog _log = new(new Clock());

    public SoundCase()
    {
        var random = new Random(7);
        var catalog = new Catalog([("p1", "One", 1000), ("p2", "Two", 2500), ("p3", "Three", 700)], "USD");
        Intents = [.. Enumerable.Range(0, 22).Select(_ => catalog.Draw(random))];
        foreach (var intent in Intents.Take(20))
        {
            Send(intent, OperationType.Ok);
        }

        Send(Intents[20], OperationType.Fail);
        Send(Intents[21], OperationType.Info);
        Lost = [.. Intents.Skip(10).Take(2)];
        var kept = Intents.Take(20).Except(Lost).ToList();
        Finals = new Finals
        {
            New = [.. kept.Select(i => Stored(i))],
            Old = [new OldPrimary("run", [.. Intents.Take(12).Select(i => Stored(i))], [.. Lost.Select(l => l.Key)])],
            Outbox = [.. kept.Select(i => new OutboxRow(EventOf(i), i.Key, "OrderCreatedEvent", true))],
            Deliveries = [.. Intents.Take(20).Select(i => new Delivery(EventOf(i), i.Key, "OrderCreatedEvent", "us-east-1"))],
            IsConsumed = true,
            Epochs = [new Epoch(1, "us-east-1", Start.AddDays(-1)), new Epoch(2, "us-west-2", Start.AddMinutes(5))],
            Reports = [new ReportFacts("run", Start.AddMinutes(7), true, [], Lost.ToDictionary(l => l.Key, l => l.Total), [], [])],
            Runs =
            [
                new RunFacts("regional-failover", "one", "SUCCEEDED", Start.AddMinutes(4), Start.AddMinutes(6), "operator", "alice", "bob", true, []),
                new RunFacts("aurora-failover", "two", "SUCCEEDED", Start.AddMinutes(4), Start.AddMinutes(5), null, null, null, false, ["orders"]),
            ],
            Promotions = [new PromotionFacts("orders", "us-west-2", Start.AddMinutes(5), true)],
            Routing =
            [
                new RoutingSample(Start.AddMinutes(5), ["us-west-2"], ["us-west-2"]), new RoutingSample(Start.AddMinutes(6), ["us-west-2", "us-east-1"], ["us-west-2", "us-east-1"]),
            ],
            Answers = [.. kept.Take(3).Select(i => new OrderAnswer(i.Key, 200, null)), new OrderAnswer(Lost[0].Key, 404, "urn:shop:problem:being-recovered")],
            Carts = [new CartFacts(Intents[0].Customer, Intents[0].Key, 0), new CartFacts(Intents[21].Customer, Intents[21].Key, 2)],
            StockCounts = [5, 9],
            Replay = new ReplayFacts("same", "same", 0),
            Recovery = new RecoveryFacts(100, 98, 12, 60),
        };
    }

    public IReadOnlyList<Intent> Intents { get; }

    public IReadOnlyList<Intent> Lost { get; }

    public Finals Finals { get; }

    public IReadOnlyList<Operation> History => _log.All;

    public static StoredOrder Stored(Intent intent, long epoch = 1) => new(
        intent.Key, intent.Customer, "CREATED", "us-east-1", epoch, Start.AddSeconds(1), intent.Subtotal, intent.Total, intent.Total - intent.Subtotal, intent.Subtotal, intent.Hash, false);

    public static Guid EventOf(Intent intent) => new([.. intent.Key.ToByteArray().Reverse()]);

    public void Send(Intent intent, OperationType outcome, Guid? orderId = null, long epoch = 1)
    {
        var process = _log.NewProcess();
        _log.Add(process, OperationType.Invoke, "submit", o => o with { Key = intent.Key, Hash = intent.Hash, Total = intent.Total });
        _log.Add(process, outcome, "submit", o => o with { Key = intent.Key, OrderId = outcome == OperationType.Ok ? orderId ?? intent.Key : null, Hash = intent.Hash, Total = intent.Total, Epoch = epoch });
    }

    public void AddDeletion(Intent intent) => _log.Add(0, OperationType.Ok, "delete", o => o with { Key = intent.Key });

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start.AddSeconds(1);
    }
}
