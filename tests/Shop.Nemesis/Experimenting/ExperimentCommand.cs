using System.Globalization;
using Shop.Nemesis.Running;
using Shop.Nemesis.Traffic;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Experimenting;

/// <summary>Runs an experiment file: steady state, method, rollback, steady state. Says after each whether it deviated, and answers that as its exit code.</summary>
internal static class ExperimentCommand
{
    public static async Task<int> RunAsync(string file, Func<string, string?> variable)
    {
        var options = new RehearsalOptions { AlarmIsArmed = false, CooldownMinutes = 0, PreflightMinutes = 1000 };
        string Region(string? word) => word switch
        {
            "primary" => options.Primary,
            "standby" => options.Standby,
            { } code when options.Regions.Contains(code) => code,
            _ => throw new FormatException($"Say primary, standby, or one of {string.Join(", ", options.Regions)}; not '{word}'."),
        };

        var experiment = Experiment.Parse(await File.ReadAllTextAsync(file), Region);
        using var signals = new StopSignals();
        Console.WriteLine($"experiment: {experiment.Title}; starting both Regions");
        await using var store = await NemesisStore.StartAsync(RehearsalOptions.Number(variable, "SEED", 1, 0, int.MaxValue), _ => { }, signals.Token, options);
        var before = await HoldsAsync("before", store, experiment.SteadyState, TimeSpan.FromSeconds(10), signals.Token);
        if (!before)
        {
            Console.WriteLine("aborted: it was not steady to begin with");
            return 1;
        }

        var deviated = false;
        foreach (var step in experiment.Method)
        {
            var kind = FaultPhrase.Parse(step.Fault, Region);
            var met = store.Host.Faults.Met(kind) ?? 0;
            store.Host.Faults.Start(kind, null);
            await store.Host.Faults.Settled;
            deviated |= !await HoldsAsync($"during '{step.Fault}'", store, experiment.SteadyState, TimeSpan.FromSeconds(step.Seconds), signals.Token);
            if (store.Host.Faults.Met(kind) is { } now)
            {
                Console.WriteLine($"  it was met {(kind.Action is FaultAction.OfService ? now : now - met)} times");
            }

            store.Host.Faults.End(kind, null);
            await store.Host.Faults.Settled;
        }

        await store.SettleAsync(signals.Token);
        deviated |= !await HoldsAsync("after the rollback", store, experiment.SteadyState, TimeSpan.FromSeconds(10), signals.Token);
        Console.WriteLine(deviated ? "completed, deviated" : "completed, not deviated");
        return deviated ? 1 : 0;
    }

    private static async Task<bool> HoldsAsync(string when, NemesisStore store, SteadyState steady, TimeSpan time, CancellationToken cancellationToken)
    {
        var traffic = new PacedTraffic(store.Buyer, store.Catalog, new Random(store.Random.Next()));
        traffic.Start(steady.OrdersPerMinute / 60.0);
        await Task.Delay(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await traffic.PauseAsync(TimeSpan.FromSeconds(steady.WithinSeconds));
        var inTime = traffic.Acknowledged.Count(a => a.Took.TotalSeconds <= steady.WithinSeconds);
        var came = Math.Max(1, traffic.Acknowledged.Count + traffic.InFlight + traffic.TurnedAway);
        await traffic.DisposeAsync();
        var share = (double)inTime / came;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{when}: {inTime} of {came} orders acknowledged within {steady.WithinSeconds:0.#} s ({share:P0}; {steady.AtLeast:P0} are wanted)"));
        return share >= steady.AtLeast;
    }
}
