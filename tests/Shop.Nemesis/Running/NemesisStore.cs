using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Nemesis.Checking;
using Shop.Nemesis.History;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Nemesis.Running;

/// <summary>Both Regions on real engines, with those who watch them: buyers, consumers of events, a sampler of the routing. Many rows run on one store.</summary>
internal sealed class NemesisStore : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<RoutingSample> _samples = [];
    private Task _sampling = Task.CompletedTask;

    private NemesisStore(RehearsalHost host, int seed)
    {
        Host = host;
        Log = new OperationLog(TimeProvider.System);
        Buyer = new Buyer(host, Log);
        Random = new Random(seed);
    }

    public RehearsalHost Host { get; }

    public OperationLog Log { get; }

    public Buyer Buyer { get; }

    public Catalog Catalog { get; private set; } = null!;

    public EventConsumer Consumer { get; private set; } = null!;

    public Random Random { get; }

    public IReadOnlyList<RoutingSample> Samples
    {
        get
        {
            lock (_samples)
            {
                return [.. _samples];
            }
        }
    }

    public static async Task<NemesisStore> StartAsync(int seed, Action<string> say, CancellationToken cancellationToken, RehearsalOptions? options = null)
    {
        var host = await RehearsalHost.StartAsync(
            Workspace.Find(), options ?? new RehearsalOptions { AlarmIsArmed = false, CooldownMinutes = 0, PreflightMinutes = 1000 }, say, cancellationToken);
        var store = new NemesisStore(host, seed);
        try
        {
            store.Catalog = await Catalog.ReadAsync(store.Buyer.Http, store.Buyer.Balancer(host.ActiveRegion), cancellationToken);
            store.Consumer = EventConsumer.Start(host);
            store._sampling = store.SampleAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public OrdersDatabase Orders(string region) => new(ServerOf("orders", region), "orders");

    public MariaDbServer ServerOf(string database, string region) =>
        Host.Aurora.Global(database).Member(region).Server ?? throw new InvalidOperationException($"{database} in {region} has no server.");

    public Execution Start(string region, string machine, JsonObject input) =>
        Host.StepFunctions(region).Start(StateMachineDeployment.MachineArn(region, machine), null, input.ToJsonString());

    public Execution StartMove(string region, bool planned, string by = "nemesis", bool approval = false) => planned
        ? Start(region, "regional-failover", Input("switchover", by, approval))
        : Start(region, "regional-failover", Input("failover", by, approval));

    public static async Task<Execution> EndedAsync(Execution execution, CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        await execution.Completion.WaitAsync(patience ?? Patience, cancellationToken);
        return execution;
    }

    public static async Task<bool> UntilAsync(Func<Task<bool>> holds, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return false;
            }

            await Task.Delay(100, cancellationToken);
        }

        return true;
    }

    public static Task<bool> UntilAsync(Func<bool> holds, TimeSpan patience, CancellationToken cancellationToken) => UntilAsync(() => Task.FromResult(holds()), patience, cancellationToken);

    /// <summary>All faults ended, lost Regions back, nothing runs, both databases follow, both Regions serve.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Host.Heal();
        await Host.Faults.Settled;
        foreach (var region in Host.Options.Regions)
        {
            Host.Region(region).ServiceFaults.Clear();
            foreach (var broker in new[] { Host.Parts.Broker(region) })
            {
                broker.Fault = Rehearsal.Links.LinkFault.Pass;
            }

            if (!Host.IsOn(region))
            {
                await Host.RestoreRegionAsync(region, cancellationToken);
            }
        }

        foreach (var endpoint in Host.ArcEndpoints)
        {
            endpoint.Fault = Rehearsal.Routing.ArcEndpointFault.None;
        }

        while (Host.Answer(approve: false, by: "nemesis-settling"))
        {
            // A row left a question open.
        }

        foreach (var region in Host.Options.Regions)
        {
            foreach (var execution in Host.StepFunctions(region).Executions.Where(e => e.Status == ExecutionStatus.Running).ToList())
            {
                try
                {
                    await EndedAsync(execution, cancellationToken, TimeSpan.FromSeconds(90));
                }
                catch (TimeoutException)
                {
                    await Host.StepFunctions(region).StopAsync(execution.Arn, "Nemesis.Stopped", "The row is over.");
                }
            }
        }

        if (!await UntilAsync(() => Host.Aurora.GlobalClusters.All(g => g.Deposed is null && g.Members.All(g.IsConnected)), Patience, cancellationToken))
        {
            throw new InvalidOperationException("The store has not settled: not all members follow.");
        }

        await Host.CaughtUpAsync(Patience, cancellationToken);
        await ServeBothAsync(cancellationToken);
    }

    /// <summary>Until every event of the outbox has been sent.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        await using var orders = Orders(Host.ActiveRegion);
        await UntilAsync(async () =>
        {
            if (await orders.ScalarAsync<long>("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL", cancellationToken) == 0)
            {
                return true;
            }

            await RelayAsync(Host.ActiveRegion, cancellationToken);
            return false;
        }, TimeSpan.FromSeconds(60), cancellationToken);
        // What was sent last is still on its way to the consumer.
        await UntilAsync(async () =>
        {
            var sent = (await orders.OutboxAsync(cancellationToken)).Where(o => o.Sent).Select(o => o.EventId).ToHashSet();
            return sent.IsSubsetOf(Consumer.Deliveries.Select(d => d.EventId).ToHashSet());
        }, TimeSpan.FromSeconds(20), cancellationToken);
    }

    public async Task RelayAsync(string region, CancellationToken cancellationToken)
    {
        try
        {
            await Host.Region(region).Lambda.InvokeAsync("shop-relay-outbox", "{}"u8.ToArray(), null, cancellationToken);
        }
        catch (Rehearsal.Lambda.LambdaServiceException)
        {
            // It runs already, or the Region is lost.
        }
    }

    /// <summary>Places so many orders at once, a few at a time; answers those acknowledged.</summary>
    public async Task<IReadOnlyList<Intent>> PlaceAsync(int count, CancellationToken cancellationToken, string? region = null, int atOnce = 4)
    {
        var placed = new System.Collections.Concurrent.ConcurrentQueue<Intent>();
        var intents = Enumerable.Range(0, count).Select(_ => Catalog.Draw(Random)).ToList();
        await Parallel.ForEachAsync(intents, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (intent, token) =>
        {
            if (await Buyer.SubmitAsync(intent, TimeSpan.FromSeconds(60), token, region) is { IsOk: true })
            {
                placed.Enqueue(intent);
            }
        });
        return [.. placed];
    }

    public async Task ServeBothAsync(CancellationToken cancellationToken)
    {
        if (Host.RoutingControls.Values.All(on => on))
        {
            return;
        }

        var entries = new JsonArray([.. Host.Options.Regions.Select(r => new JsonObject { ["arn"] = Host.ControlArn(r), ["state"] = "On" })]);
        await EndedAsync(Start(Host.ActiveRegion, "routing-control", new JsonObject { ["entries"] = entries }), cancellationToken);
    }

    public static JsonElement? OutputOf(Execution execution) => execution.Outcome.Output is { } output ? JsonElement.Parse(output) : null;

    public static bool IsActivation(Execution execution) =>
        execution.Status == ExecutionStatus.Succeeded && OutputOf(execution) is { ValueKind: JsonValueKind.Object } output && output.TryGetProperty("promotions", out _);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        if (Consumer is not null)
        {
            await Consumer.DisposeAsync();
        }

        Buyer.Dispose();
        await Host.DisposeAsync();
        _stop.Dispose();
    }

    private static JsonObject Input(string mode, string by, bool approval) => new()
    {
        ["mode"] = mode,
        ["dryRun"] = false,
        ["allowDataLoss"] = mode == "failover",
        ["trigger"] = new JsonObject { ["type"] = "operator", ["by"] = by, ["reason"] = "A row of the fault matrix." },
        ["approval"] = new JsonObject { ["required"] = approval, ["timeoutSeconds"] = 600 },
    };

    private async Task SampleAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var writer = Host.Aurora.Global("orders").Writer;
            var linked = Host.Aurora.Topology.Clients.Fault.Kind == Rehearsal.Links.LinkFaultKind.Pass;
            var alive = writer.Server is { IsRunning: true };
            var sample = new RoutingSample(
                TimeProvider.System.GetUtcNow(), [.. Host.RoutingControls.Where(c => c.Value).Select(c => c.Key)],
                [.. Host.Options.Regions.Where(r => alive && Host.IsOn(r) && (r == writer.Region || linked))]);
            lock (_samples)
            {
                if (_samples.Count == 0 || !Same(_samples[^1], sample) || sample.At - _samples[^1].At > TimeSpan.FromSeconds(1))
                {
                    _samples.Add(sample);
                }
            }

            await Task.Delay(100, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool Same(RoutingSample one, RoutingSample other) => one.On.SequenceEqual(other.On) && one.ReachWriter.SequenceEqual(other.ReachWriter);
}
