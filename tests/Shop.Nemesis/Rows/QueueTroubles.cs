using System.Diagnostics;
using System.Text.Json;
using RabbitMQ.Client;

namespace Shop.Nemesis.Rows;

/// <summary>Rows about the broker, events and those who act on them.</summary>
internal static class QueueTroubles
{
    private const string Queue = "orders-orders-queue";

    public static async Task BrokerDownAsync(RowRun run)
    {
        IReadOnlyList<Traffic.Intent> placed;
        await using (await run.FaultAsync("kill rabbitmq"))
        {
            run.Prove("the broker's process is gone", !run.Host.Parts.RabbitMq.IsRunning);
            placed = await run.Store.PlaceAsync(4, run.Cancel, run.From);
            run.Expect("orders are acknowledged", placed.Count == 4);
            run.Prove($"their events wait in the outbox ({await UnsentAsync(run)})", await UnsentAsync(run) >= 4);
        }

        foreach (var region in run.Host.Options.Regions)
        {
            run.Host.Parts.Broker(region).LeadTo(run.Host.Parts.RabbitMq.Port);
        }

        await run.Store.QuietAsync(run.Cancel);
        run.Expect("delivered later", await DeliveredAsync(run, placed));
    }

    public static async Task BrokerBlocksAsync(RowRun run)
    {
        if (await ControlAsync(run, "set_vm_memory_high_watermark", "absolute", "1024") is { Code: not 0 } failed)
        {
            throw new NotInjectableException($"rabbitmqctl could not be run: {failed.Text}");
        }

        run.Injected("the broker's memory alarm");
        IReadOnlyList<Traffic.Intent> placed;
        try
        {
            await Task.Delay(1000, run.Cancel);
            var start = Stopwatch.StartNew();
            placed = await run.Store.PlaceAsync(4, run.Cancel, run.From);
            run.Expect($"orders are acknowledged ({start.Elapsed.TotalSeconds:0.0} s for four)", placed.Count == 4);
            run.Prove("events wait", await UnsentAsync(run) > 0);
        }
        finally
        {
            await ControlAsync(run, "set_vm_memory_high_watermark", "absolute", "268435456");
            run.EndBands();
        }

        await Task.Delay(1000, run.Cancel);
        await run.Store.QuietAsync(run.Cancel);
        run.Expect("delivered later", await DeliveredAsync(run, placed));
    }

    public static async Task ConfirmLostAsync(RowRun run)
    {
        IReadOnlyList<Traffic.Intent> placed;
        // basic.ack: class 60, method 80.
        await using (await run.FaultAsync("link rabbitmq FROM cut-at-answer 003C0050"))
        {
            placed = await run.Store.PlaceAsync(2, run.Cancel, run.From);
            await run.Store.RelayAsync(run.From, run.Cancel);
        }

        await run.Store.QuietAsync(run.Cancel);
        var times = run.Store.Consumer.Deliveries.Where(d => placed.Any(p => p.Key == d.OrderId)).GroupBy(d => d.EventId).Select(g => g.Count()).ToList();
        run.Prove($"some event came more than once ({string.Join(", ", times)})", times.Any(t => t > 1));
        run.Expect("each under one id", run.Store.Consumer.Deliveries.Where(d => placed.Any(p => p.Key == d.OrderId)).GroupBy(d => d.OrderId).All(g => g.Select(d => d.EventId).Distinct().Count() == 1));
    }

    public static async Task ConsumerDiesAsync(RowRun run)
    {
        run.Injected("the consumer dies twice before it acknowledges");
        run.Store.Consumer.CrashesToCome = 2;
        var placed = await run.Store.PlaceAsync(4, run.Cancel, run.From);
        run.Prove("it died", await run.UntilAsync(() => run.Store.Consumer.CrashesToCome == 0, 20));
        run.EndBands();
        await run.Store.QuietAsync(run.Cancel);
        var again = await run.UntilAsync(() => run.Store.Consumer.Deliveries.Where(d => placed.Any(p => p.Key == d.OrderId)).GroupBy(d => d.EventId).Any(g => g.Count() > 1), 20);
        run.Expect("what it had not acknowledged came again, under the same id", again);
    }

    public static async Task OrphansAsync(RowRun run)
    {
        IReadOnlyList<Traffic.Intent> lost = await run.LoseWithTailAsync(5, async placed =>
        {
            var emitted = await run.UntilAsync(async () =>
            {
                await run.Store.RelayAsync(run.From, run.Cancel);
                return placed.All(p => run.Store.Consumer.Deliveries.Any(d => d.OrderId == p.Key));
            }, 30);
            run.Prove("the events of all five went out", emitted);
        });
        await run.FailOverAsync();
        var report = await run.ReturnAsync();
        run.Expect("each such order is in the report", report is not null && lost.All(l => report.Missing.ContainsKey(l.Key)));
        var text = await File.ReadAllTextAsync(Path.Combine(run.Host.Reports(run.To).First(r => r.Database == "orders").Folder, "report.json"), run.Cancel);
        using var json = JsonDocument.Parse(text);
        var noted = json.RootElement.GetProperty("missing").EnumerateArray().Count(m => m.GetProperty("notes").GetArrayLength() > 0);
        if (noted == 0)
        {
            run.Deviates("the report lists the orders and does not say of which an event had already gone out; the outbox row of the old primary (sent_at) would tell");
        }
    }

    public static async Task TwoRelaysAsync(RowRun run)
    {
        IReadOnlyList<Traffic.Intent> placed;
        await using (await run.FaultAsync("link rabbitmq FROM cut"))
        {
            placed = await run.Store.PlaceAsync(5, run.Cancel, run.From);
            await run.Host.CaughtUpAsync(Running.NemesisStore.Patience, run.Cancel);
            run.Prove("events wait in the outbox", await UnsentAsync(run) > 0);
        }

        await Task.WhenAll(run.Host.Options.Regions.SelectMany(r => Enumerable.Range(0, 2).Select(_ => run.Store.RelayAsync(r, run.Cancel))));
        await run.Store.QuietAsync(run.Cancel);
        run.Expect("each event has one id, and came", await DeliveredAsync(run, placed));
    }

    public static async Task QueueDeletedAsync(RowRun run)
    {
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        await using (var connection = await ConnectAsync(run))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: run.Cancel))
        {
            await run.Store.QuietAsync(run.Cancel);
            await channel.QueueDeleteAsync(Queue, false, false, false, run.Cancel);
        }

        run.Injected("the queue is deleted");
        var placed = await run.Store.PlaceAsync(4, run.Cancel, run.From);
        run.Expect("orders are acknowledged", placed.Count == 4);
        run.Prove($"unroutable events are not taken for sent ({await UnsentAsync(run)} wait)", await UnsentAsync(run) > 0);
        // Whoever connects anew declares the queue: a relay of a fresh process, as after a deployment.
        foreach (var region in run.Host.Options.Regions)
        {
            run.Host.Parts.Broker(region).ResetConnections();
        }

        await run.Store.QuietAsync(run.Cancel);
        run.EndBands();
        run.Expect("delivered once the queue is there again", await DeliveredAsync(run, placed));
    }

    public static async Task PoisonAsync(RowRun run)
    {
        var before = run.Store.Consumer.PutAside;
        await run.Store.PlaceAsync(1, run.Cancel, run.From);
        await using (var connection = await ConnectAsync(run))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: run.Cancel))
        {
            await channel.BasicPublishAsync("orders-exchange", "", false, new BasicProperties { MessageId = $"poison-{Guid.CreateVersion7():N}" }, "{ no event"u8.ToArray(), run.Cancel);
        }

        run.Injected("a message that is no event");
        run.Prove("it came", await run.UntilAsync(() => run.Store.Consumer.PutAside > before, 15));
        var placed = await run.Store.PlaceAsync(3, run.Cancel, run.From);
        await run.Store.QuietAsync(run.Cancel);
        run.EndBands();
        run.Expect("the rest flows", await DeliveredAsync(run, placed));
        run.Deviates("the store publishes and has no consumer of its own, so there is no dead-letter queue; the consumer here is the matrix's and puts it aside");
    }

    public static async Task<bool> DeliveredAsync(RowRun run, IReadOnlyList<Traffic.Intent> placed) =>
        await run.UntilAsync(() => placed.All(p => run.Store.Consumer.Deliveries.Any(d => d.OrderId == p.Key)), 30);

    private static async Task<long> UnsentAsync(RowRun run)
    {
        await using var orders = run.Store.Orders(run.Host.ActiveRegion);
        return await orders.ScalarAsync<long>("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL", run.Cancel);
    }

    private static async Task<IConnection> ConnectAsync(RowRun run)
    {
        var secret = JsonElement.Parse(run.Host.Region(run.From).Secrets.Get("shop-broker").Current.Value);
        return await new ConnectionFactory
        {
            HostName = "127.0.0.1", Port = run.Host.Parts.RabbitMq.Port, VirtualHost = run.From,
            UserName = secret.GetProperty("username").GetString()!, Password = secret.GetProperty("password").GetString()!,
        }.CreateConnectionAsync(run.Cancel);
    }

    /// <summary>rabbitmqctl with the environment of the broker's own process: it has the cookie and the port mapper.</summary>
    private static async Task<(int Code, string Text)> ControlAsync(RowRun run, params string[] arguments)
    {
        var start = new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmqctl", ["--node", "rabbitmq@localhost", .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true };
        var environment = await File.ReadAllTextAsync($"/proc/{run.Host.Parts.RabbitMq.Pid}/environ", run.Cancel);
        foreach (var variable in environment.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=', 2)).Where(v => v.Length == 2 && v[0] is "HOME" or "ERL_EPMD_PORT" or "ERL_EPMD_ADDRESS" or "RABBITMQ_CONF_ENV_FILE"))
        {
            start.Environment[variable[0]] = variable[1];
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(run.Cancel);
        var error = await process.StandardError.ReadToEndAsync(run.Cancel);
        await process.WaitForExitAsync(run.Cancel);
        return (process.ExitCode, $"{await output}{error}".Trim());
    }
}
