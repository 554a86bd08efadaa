using Shop.Asl;
using Shop.Nemesis.Running;
using Shop.Rehearsal.Faults;

namespace Shop.Nemesis.Soak;

/// <summary>Faults one after the other, drawn by a seed: small ones, planned moves, and now and then the loss of the writing Region.</summary>
internal sealed class FaultSchedule(NemesisStore store, Random random, Action<string> say)
{
    private static readonly string[] Words =
    [
        "link all latency 200ms 300ms", "link databases throttle 64KB", "link databases flap 1s", "link tables cut", "link replication cut", "link rabbitmq ACTIVE cut",
        "link rabbitmq ACTIVE blackhole", "link orders-writer ACTIVE reset", "link orders-writer ACTIVE latency 100ms 200ms", "link catalog-reader ACTIVE half-open back",
        "service dynamodb ACTIVE throttled", "service dynamodb OTHER slow 1s", "service secretsmanager ACTIVE failing", "service rds OTHER throttled", "kill redis ACTIVE", "replication paused",
    ];

    private readonly List<string> _log = [];
    private int _count;

    public int Count => _count;

    public IReadOnlyList<string> Log => [.. _log];

    public async Task NextAsync(CancellationToken cancellationToken)
    {
        _count++;
        var draw = random.Next(100);
        try
        {
            await (draw < 8 ? MoveAsync(cancellationToken) : draw < 12 ? LoseAsync(cancellationToken) : draw < 20 ? KillWorkersAsync(cancellationToken) : WordAsync(cancellationToken));
        }
        catch (TimeoutException e)
        {
            Note($"  (not over in time: {e.Message})");
            await store.SettleAsync(cancellationToken);
        }

        await Task.Delay(TimeSpan.FromSeconds(2 + random.Next(6)), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task WordAsync(CancellationToken cancellationToken)
    {
        var active = store.Host.ActiveRegion;
        var words = Words[random.Next(Words.Length)].Replace("ACTIVE", active, StringComparison.Ordinal).Replace("OTHER", store.Host.Options.Peer(active), StringComparison.Ordinal);
        var kind = FaultPhrase.Parse(words, r => r!);
        Note(words);
        store.Host.Faults.Start(kind, null);
        await Task.Delay(TimeSpan.FromSeconds(2 + random.Next(8)), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        store.Host.Faults.End(kind, null);
        await store.Host.Faults.Settled;
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        await store.Host.CaughtUpAsync(NemesisStore.Patience, cancellationToken);
        var to = store.Host.Options.Peer(store.Host.ActiveRegion);
        var move = await NemesisStore.EndedAsync(store.StartMove(to, planned: true), cancellationToken);
        Note($"planned move to {to}: {move.Status} {move.Outcome.Error}");
        await store.SettleAsync(cancellationToken);
    }

    private async Task LoseAsync(CancellationToken cancellationToken)
    {
        var (lost, to) = (store.Host.ActiveRegion, store.Host.Options.Peer(store.Host.ActiveRegion));
        if (random.Next(2) == 0)
        {
            store.Host.CutReplication();
            await Task.Delay(2000, cancellationToken);
        }

        await store.Host.LoseRegionAsync(lost);
        var move = await NemesisStore.EndedAsync(store.StartMove(to, planned: false), cancellationToken);
        Note($"{lost} lost, failover to {to}: {move.Status} {move.Outcome.Error}");
        await store.SettleAsync(cancellationToken);
        foreach (var reconciliation in store.Host.StepFunctions(to).Executions.Where(e => e is { StateMachineName: "reconciliation", Status: ExecutionStatus.Running }).ToList())
        {
            await NemesisStore.EndedAsync(reconciliation, cancellationToken);
        }
    }

    private Task KillWorkersAsync(CancellationToken cancellationToken)
    {
        var region = store.Host.Options.Regions[random.Next(2)];
        Note($"function processes of {region} killed");
        store.Host.Region(region).Lambda.KillAll();
        return Task.CompletedTask;
    }

    private void Note(string text)
    {
        _log.Add(text);
        say(text);
    }
}
