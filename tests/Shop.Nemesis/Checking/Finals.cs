namespace Shop.Nemesis.Checking;

/// <summary>How an order stands in a database at the end.</summary>
/// <param name="Hash">Of what the customer sent, made of the columns by the checker's own rule.</param>
internal sealed record StoredOrder(
    Guid Id, string Customer, string Status, string Region, long Epoch, DateTimeOffset CreatedOn, long Subtotal, long Total, long Charges, long ItemsTotal, string Hash, bool Recovered);

/// <param name="Sent">Whether the outbox says that the broker has it.</param>
internal sealed record OutboxRow(Guid EventId, Guid OrderId, string Type, bool Sent);

/// <summary>An event as a consumer received it, as often as it came.</summary>
internal sealed record Delivery(Guid EventId, Guid OrderId, string Type, string Region);

internal sealed record Epoch(long Number, string Writer, DateTimeOffset Since);

/// <summary>A missing-transaction report, read from its file.</summary>
internal sealed record ReportFacts(
    string RunId, DateTimeOffset GeneratedAt, bool IsExact, IReadOnlyList<string> Reasons,
    IReadOnlyDictionary<Guid, long> Missing, IReadOnlyList<Guid> Changed, IReadOnlyList<Guid> Resurrected);

/// <summary>The former primary at the moment of its failure, read by SQL from a copy of its snapshot, and what its binary log says was lost.</summary>
internal sealed record OldPrimary(string RunId, IReadOnlyList<StoredOrder> Orders, IReadOnlyList<Guid> LostByBinlog);

internal sealed record RunFacts(
    string Machine, string Name, string Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? TriggerType, string? RequestedBy, string? ApprovedBy, bool ApprovalAsked,
    IReadOnlyList<string> Promoted);

/// <summary>A writer that has changed, as the cluster tells it.</summary>
internal sealed record PromotionFacts(string Database, string To, DateTimeOffset At, bool LossAllowed);

/// <summary>Which Regions served, and which of them reached the writer of the orders, at a moment.</summary>
internal sealed record RoutingSample(DateTimeOffset At, IReadOnlyList<string> On, IReadOnlyList<string> ReachWriter);

/// <summary>The page of an acknowledged order: status, and the problem's type when there is one.</summary>
internal sealed record OrderAnswer(Guid OrderId, int Status, string? Problem);

internal sealed record CartFacts(string Customer, Guid Key, int Lines);

/// <summary>What replaying a report twice did.</summary>
internal sealed record ReplayFacts(string AfterOnce, string AfterTwice, int MissingAfterwards);

/// <summary>Orders a minute before the fault, and after it was healed.</summary>
internal sealed record RecoveryFacts(double BaselinePerMinute, double AfterPerMinute, double SecondsToRecover, double BoundSeconds);

/// <summary>Everything at the end of a run, each piece by a way of its own.</summary>
internal sealed record Finals
{
    public required IReadOnlyList<StoredOrder> New { get; init; }

    public IReadOnlyList<OldPrimary> Old { get; init; } = [];

    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];

    public IReadOnlyList<Delivery> Deliveries { get; init; } = [];

    /// <summary>Whether there was a consumer, so that an event that nobody received says something.</summary>
    public bool IsConsumed { get; init; }

    public IReadOnlyList<Epoch> Epochs { get; init; } = [];

    public IReadOnlyList<ReportFacts> Reports { get; init; } = [];

    public IReadOnlyList<RunFacts> Runs { get; init; } = [];

    public IReadOnlyList<PromotionFacts> Promotions { get; init; } = [];

    public IReadOnlyList<string> LocksLeft { get; init; } = [];

    public IReadOnlyList<RoutingSample> Routing { get; init; } = [];

    public IReadOnlyList<OrderAnswer> Answers { get; init; } = [];

    public IReadOnlyList<CartFacts> Carts { get; init; } = [];

    public IReadOnlyList<long> StockCounts { get; init; } = [];

    public ReplayFacts? Replay { get; init; }

    public RecoveryFacts? Recovery { get; init; }

    /// <summary>The same with nothing but these orders.</summary>
    public Finals Only(HashSet<Guid> keys) => Where(keys.Contains);

    public Finals Without(HashSet<Guid> keys) => keys.Count == 0 ? this : Where(k => !keys.Contains(k));

    private Finals Where(Func<Guid, bool> isIn) => this with
    {
        New = [.. New.Where(o => isIn(o.Id))],
        Old = [.. Old.Select(o => o with { Orders = [.. o.Orders.Where(r => isIn(r.Id))], LostByBinlog = [.. o.LostByBinlog.Where(isIn)] })],
        Outbox = [.. Outbox.Where(o => isIn(o.OrderId))],
        Deliveries = [.. Deliveries.Where(d => isIn(d.OrderId))],
        Reports = [.. Reports.Select(r => r with
        {
            Missing = r.Missing.Where(m => isIn(m.Key)).ToDictionary(),
            Changed = [.. r.Changed.Where(isIn)],
            Resurrected = [.. r.Resurrected.Where(isIn)],
        })],
        Answers = [.. Answers.Where(a => isIn(a.OrderId))],
        Carts = [.. Carts.Where(c => isIn(c.Key))],
    };
}
