using System.Text.Json;
using Shop.Asl;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.StepFunctions;
using StoredOrder = Shop.Nemesis.Checking.StoredOrder;

namespace Shop.Nemesis.Running;

/// <summary>Collects the final state: databases by SQL of its own, reports from their files, the old primary from a copy of its snapshot.</summary>
internal sealed class FinalsReader(NemesisStore store)
{
    public async Task<Finals> ReadAsync(DateTimeOffset since, IReadOnlyCollection<Guid> mine, IReadOnlyList<UiVisitor> visitors, CancellationToken cancellationToken)
    {
        var active = store.Host.ActiveRegion;
        await using var orders = store.Orders(active);
        await using var catalog = new OrdersDatabase(store.ServerOf("catalog", active), "catalog");
        var stored = await orders.OrdersAsync(cancellationToken);
        var reports = ReadReports();
        return new Finals
        {
            New = stored,
            Outbox = await orders.OutboxAsync(cancellationToken),
            Epochs = await orders.EpochsAsync(cancellationToken),
            Deliveries = store.Consumer.Deliveries.Where(d => !IsSynthetic(d, stored, mine, reports)).ToList(),
            IsConsumed = true,
            Reports = [.. reports.Select(r => r.Facts)],
            Old = await ReadOldAsync([.. reports.Where(r => r.Facts.GeneratedAt > since)], cancellationToken),
            Runs = [.. store.Host.Options.Regions.SelectMany(r => store.Host.StepFunctions(r).Executions).Where(e => e.StartDate >= since).Select(ReadRun)],
            Promotions = [.. store.Host.Aurora.GlobalClusters.SelectMany(g => g.Failovers.Where(f => f.StartedAt >= since).Select(f => new PromotionFacts(g.Database, f.ToClusterId, f.PromotedAt, f.AllowedDataLoss)))],
            LocksLeft = await LocksAsync(cancellationToken),
            Routing = [.. store.Samples.Where(s => s.At >= since)],
            Carts = await CartsAsync(visitors, cancellationToken),
            Answers = await AskAsync(stored, mine, visitors, cancellationToken),
            StockCounts = await catalog.StockAsync(cancellationToken),
        };
    }

    // Orders that a failover places to see whether the store sells belong to no customer.
    private static bool IsSynthetic(Delivery delivery, IReadOnlyList<StoredOrder> stored, IReadOnlyCollection<Guid> mine, IReadOnlyList<(ReportFacts Facts, string Folder)> reports) =>
        !stored.Any(o => o.Id == delivery.OrderId) && !mine.Contains(delivery.OrderId) && !reports.Any(r => r.Facts.Missing.ContainsKey(delivery.OrderId));

    private List<(ReportFacts Facts, string Folder)> ReadReports()
    {
        var found = new List<(ReportFacts, string)>();
        foreach (var region in store.Host.Options.Regions)
        {
            var bucket = Path.Combine(store.Host.Region(region).S3Folder, "shop-reports", "reconciliation", "orders");
            foreach (var file in Directory.Exists(bucket) ? Directory.GetFiles(bucket, "report.json", SearchOption.AllDirectories) : [])
            {
                using var report = JsonDocument.Parse(File.ReadAllText(file));
                found.Add((ReadReport(report.RootElement), Path.GetDirectoryName(file)!));
            }
        }

        return [.. found.OrderBy(r => r.Item1.GeneratedAt)];
    }

    public static ReportFacts ReadReport(JsonElement report) => new(
        report.GetProperty("runId").GetString()!,
        report.GetProperty("generatedAt").GetDateTimeOffset(),
        report.GetProperty("completeness").GetProperty("statement").GetString() == "exact",
        [.. report.GetProperty("completeness").GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)],
        report.GetProperty("missing").EnumerateArray().GroupBy(KeyOf).ToDictionary(g => g.Key, g => (long)g.First().GetProperty("oldAmount").GetDecimal()),
        [.. report.GetProperty("changed").EnumerateArray().Select(KeyOf)],
        [.. report.GetProperty("resurrected").EnumerateArray().Select(KeyOf)]);

    private static Guid KeyOf(JsonElement entry) => Guid.Parse(entry.GetProperty("key").GetString()!);

    private async Task<IReadOnlyList<OldPrimary>> ReadOldAsync(List<(ReportFacts Facts, string Folder)> reports, CancellationToken cancellationToken)
    {
        var read = new List<OldPrimary>();
        var fleet = store.Host.Aurora;
        foreach (var region in store.Host.Options.Regions)
        {
            foreach (var report in reports)
            {
                var evidence = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(report.Folder, "report.json"), cancellationToken));
                var id = evidence.GetProperty("evidence").GetProperty("snapshotId").GetString();
                if (fleet.SnapshotsIn(region).FirstOrDefault(s => s.Id == id && s.Type == ClusterSnapshot.Automated) is { } snapshot)
                {
                    read.Add(await ReadOldAsync(report.Facts, snapshot, cancellationToken));
                }
            }
        }

        return read;
    }

    private async Task<OldPrimary> ReadOldAsync(ReportFacts report, ClusterSnapshot snapshot, CancellationToken cancellationToken)
    {
        var context = store.Host.Aurora.Context;
        var data = context.NewFolder("nemesis-old");
        DirectoryCopy.Copy(snapshot.DataDirectory, data);
        var server = await context.StartServerAsync("nemesis-old", domain: 0, readOnly: true, data, cancellationToken);
        try
        {
            await using var old = new OrdersDatabase(server, "orders");
            var failover = store.Host.Aurora.Global("orders").Failovers.Last(f => f.AllowedDataLoss && f.FromClusterId == snapshot.SourceClusterId && f.PromotedAt < snapshot.CreatedAt.AddSeconds(1));
            // A snapshot that was put in place of the right one may have no log of its own.
            var hasLog = Directory.GetFiles(snapshot.DataDirectory, "*.index").Any(f => !Path.GetFileName(f).StartsWith("relay", StringComparison.Ordinal));
            var lost = !hasLog ? [] : await GtidOracle.LostOrdersAsync(snapshot.DataDirectory, failover.ReplicatedUpTo, cancellationToken);
            return new OldPrimary(report.RunId, await old.OrdersAsync(cancellationToken), lost);
        }
        finally
        {
            await server.DeleteAsync();
        }
    }

    private static RunFacts ReadRun(Execution execution)
    {
        var input = execution.InputValue;
        var trigger = input.ValueKind == JsonValueKind.Object && input.TryGetProperty("trigger", out var t) && t.ValueKind == JsonValueKind.Object ? t : default;
        var output = NemesisStore.OutputOf(execution);
        return new RunFacts(
            execution.StateMachineName, execution.Name, execution.Status.ToString().ToUpperInvariant(), execution.StartDate,
            execution.Status == ExecutionStatus.Running ? null : execution.Events is { Count: > 0 } events ? events[^1].Timestamp : execution.StartDate,
            trigger.ValueKind == JsonValueKind.Object && trigger.TryGetProperty("type", out var type) ? type.GetString() : null,
            trigger.ValueKind == JsonValueKind.Object && trigger.TryGetProperty("by", out var by) ? by.GetString()
                : input.ValueKind == JsonValueKind.Object && input.TryGetProperty("requestedBy", out var asked) ? asked.GetString() : null,
            Approver(execution), execution.Events.Any(e => e.Details is Asl.History.StateEnteredDetails { Name: "AskApproval" }),
            execution.StateMachineName == "aurora-failover" && output is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty("moved", out var moved) && moved.ValueKind == JsonValueKind.True
                ? [execution.InputValue.GetProperty("database").GetString()!] : []);
    }

    private static string? Approver(Execution execution) => execution.Events
        .Select(e => e.Details).OfType<Asl.History.StateExitedDetails>().Where(d => d.Name == "AskApproval")
        .Select(d => d.Output is { ValueKind: JsonValueKind.Object } output && FindBy(output) is { } by ? by : null).LastOrDefault();

    private static string? FindBy(JsonElement output) =>
        output.TryGetProperty("approval", out var approval) && approval.ValueKind == JsonValueKind.Object && approval.TryGetProperty("by", out var by) ? by.GetString()
        : output.TryGetProperty("by", out var direct) ? direct.GetString() : null;

    private async Task<IReadOnlyList<string>> LocksAsync(CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var region in store.Host.Options.Regions.Where(store.Host.IsOn))
        {
            if (await ControlTable.RunStateAsync(store, region, cancellationToken) is "RUNNING")
            {
                left.Add($"lock#{region}");
            }
        }

        return left;
    }

    private async Task<IReadOnlyList<CartFacts>> CartsAsync(IReadOnlyList<UiVisitor> visitors, CancellationToken cancellationToken)
    {
        var carts = new List<CartFacts>();
        foreach (var visitor in visitors.Where(v => v.Key is not null))
        {
            var cart = await store.Buyer.GetAsync(store.Host.ActiveRegion, $"carts/{visitor.Customer}/items", cancellationToken);
            if (cart is { Status: 200, Body: { ValueKind: JsonValueKind.Array } lines })
            {
                carts.Add(new CartFacts(visitor.Customer, visitor.Key!.Value, lines.GetArrayLength()));
            }
        }

        return carts;
    }

    private async Task<IReadOnlyList<OrderAnswer>> AskAsync(
        IReadOnlyList<StoredOrder> stored, IReadOnlyCollection<Guid> mine, IReadOnlyList<UiVisitor> visitors, CancellationToken cancellationToken)
    {
        var answers = new List<OrderAnswer>();
        foreach (var order in stored.Where(o => mine.Contains(o.Id)).Take(10))
        {
            var answer = await store.Buyer.GetAsync(store.Host.ActiveRegion, $"orders/{order.Id:D}", cancellationToken);
            answers.Add(new OrderAnswer(order.Id, answer.Status, answer.Problem));
        }

        foreach (var visitor in visitors.Where(v => v.IsAcknowledged))
        {
            var (status, heading) = await visitor.OrderPageAsync(cancellationToken);
            answers.Add(new OrderAnswer(visitor.Key!.Value, status, heading.Contains("being recovered", StringComparison.Ordinal) ? "being-recovered" : heading));
        }

        return answers;
    }
}
