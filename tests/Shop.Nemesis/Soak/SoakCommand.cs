using System.Globalization;
using System.Text.Json;
using Shop.Nemesis.Checking;
using Shop.Nemesis.History;
using Shop.Nemesis.Running;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Soak;

/// <summary>Buyers at a steady rate through a seeded schedule of faults; at the end every order is counted and what the processes hold is compared with the start.</summary>
internal static class SoakCommand
{
    private const int MostHandlesMore = 200;

    public static async Task<int> RunAsync(Func<string, string?> variable)
    {
        var minutes = RehearsalOptions.Number(variable, "MINUTES", 30, 1, 24 * 60);
        var rate = RehearsalOptions.Number(variable, "RATE", 4, 1, 200);
        var seed = RehearsalOptions.Number(variable, "SEED", 1, 0, int.MaxValue);
        using var signals = new StopSignals();
        Console.WriteLine($"soak: {minutes} min at {rate} buyers a second, seed {seed}; starting both Regions");
        await using var store = await NemesisStore.StartAsync(seed, _ => { }, signals.Token);
        var since = TimeProvider.System.GetUtcNow();
        var faults = new FaultSchedule(store, new Random(seed), text => Console.WriteLine($"{Clock(since)} {text}"));
        var traffic = new PacedTraffic(store.Buyer, store.Catalog, new Random(seed));
        traffic.Start(rate);
        await Task.Delay(TimeSpan.FromSeconds(20), signals.Token);
        var first = await Footprint.TakeAsync(store, signals.Token);
        Console.WriteLine($"{Clock(since)} {first}");

        var burst = await Burst.RunAsync(store, signals.Token);
        Console.WriteLine($"{Clock(since)} overload: {burst}");
        var until = since.AddMinutes(minutes);
        var said = TimeProvider.System.GetUtcNow();
        while (TimeProvider.System.GetUtcNow() < until && !signals.Token.IsCancellationRequested)
        {
            await faults.NextAsync(signals.Token);
            if (TimeProvider.System.GetUtcNow() - said > TimeSpan.FromMinutes(1))
            {
                said = TimeProvider.System.GetUtcNow();
                Console.WriteLine($"{Clock(since)} {traffic.Acknowledged.Count} orders acknowledged; {await Footprint.TakeAsync(store, signals.Token)}");
            }
        }

        await store.SettleAsync(signals.Token);
        await traffic.DisposeAsync();
        await store.QuietAsync(signals.Token);
        // Connections that nobody uses are kept open for two minutes; what is there after that stays.
        var last = await Footprint.TakeAsync(store, signals.Token);
        for (var look = 0; look < 15 && last.Handles >= first.Handles + MostHandlesMore; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), signals.Token);
            last = await Footprint.TakeAsync(store, signals.Token);
        }

        var result = await JudgeAsync(store, since, traffic, (first, last), burst, faults, (minutes, rate, seed), signals.Token);
        var file = Path.Combine(Workspace.Find().Artifacts, "nemesis", "soak.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, SoakJson.Default.SoakResult), signals.Token);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {result.Minutes} min, {result.Acknowledged} orders acknowledged of {result.Buyers} buyers, {result.Faults} faults, {result.Moves} moves of the writer
            lost silently {result.LostSilently}, doubled {result.Doubled}, reported {result.Reported}; invariants broken: {(result.Broken.Count == 0 ? "none" : string.Join("; ", result.Broken))}
            from first try to acknowledgement: median {result.MedianMs:0} ms, p99 {result.P99Ms:0} ms, longest {result.LongestMs / 1000:0.0} s (faults included)
            at the start {result.First}
            at the end   {result.Last}
            {result.Overload}
            {(result.Passed ? "passed" : "FAILED")}: {file}
            """));
        return result.Passed ? 0 : 1;
    }

    private static async Task<SoakResult> JudgeAsync(
        NemesisStore store, DateTimeOffset since, PacedTraffic traffic, (Footprint First, Footprint Last) footprints, Burst burst, FaultSchedule faults,
        (int Minutes, int Rate, int Seed) options, CancellationToken cancellationToken)
    {
        var history = store.Log.All;
        var acknowledged = history.Where(o => o is { F: "submit", Type: OperationType.Ok }).Select(o => o.Key!.Value).ToHashSet();
        var finals = await new FinalsReader(store).ReadAsync(since, acknowledged, [], cancellationToken);
        var judgements = Checker.Check(history, finals);
        var took = traffic.Acknowledged.Select(a => a.Took.TotalMilliseconds).Order().ToList();
        var lost = judgements.Single(j => j.Invariant == "I1");
        var doubled = judgements.Single(j => j.Invariant == "I4");
        // The executions of a soak are ended by its own faults here and there.
        var broken = judgements.Where(j => j.Truth == Truth.Invalid).Select(j => $"{j.Invariant}: {j.Because}").ToList();
        var handles = footprints.Last.Handles - footprints.First.Handles;
        var flat = handles < MostHandlesMore && footprints.Last.Processes <= footprints.First.Processes + 6 && footprints.Last.Connections <= footprints.First.Connections + 20;
        return new SoakResult(
            options.Minutes, options.Rate, options.Seed, TimeProvider.System.GetUtcNow(), history.Where(o => o.Key is not null).Select(o => o.Key).Distinct().Count(), acknowledged.Count,
            lost.Truth == Truth.Invalid ? lost.Keys.Count : 0, doubled.Truth == Truth.Invalid ? doubled.Keys.Count : 0, finals.Reports.Sum(r => r.Missing.Count), faults.Count,
            finals.Promotions.Count(p => p.Database == "orders"), At(took, 0.5), At(took, 0.99), took.LastOrDefault(), footprints.First.ToString(), footprints.Last.ToString(), burst.ToString(), broken, faults.Log,
            broken.Count == 0 && acknowledged.Count > 0 && flat && burst.IsWell);
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    private static string Clock(DateTimeOffset since) => (TimeProvider.System.GetUtcNow() - since).ToString(@"mm\:ss", CultureInfo.InvariantCulture);
}
