using System.Diagnostics;
using System.Text.Json;
using Shop.Nemesis.Reporting;
using Shop.Nemesis.Rows;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Running;

/// <summary>Runs rows, says how each went, and keeps a report of all that were ever run here.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(Func<string, string?> variable)
    {
        var selected = variable("ROWS");
        var rows = Matrix.Select(selected);
        var seed = RehearsalOptions.Number(variable, "SEED", 1, 0, int.MaxValue);
        using var signals = new StopSignals();
        var results = await RunAsync(rows, seed, isShort: selected == "smoke", Console.WriteLine, signals.Token);
        if (string.IsNullOrEmpty(selected))
        {
            // A whole run is the whole report.
            ResultFolder.Forget(results.Select(r => r.Id));
        }

        var report = ResultFolder.Write(Commit());
        Console.WriteLine($"{report.Rows} rows: {report.Passed} passed, {report.Deviating} went another way safely, {report.Failed} failed, {report.NotInjected} could not be injected; {report.Violations} invariant violations");
        Console.WriteLine($"Report: {ResultFolder.Page}");
        return results.Any(r => r.Status == RowStatus.Failed) ? 1 : 0;
    }

    public static async Task<IReadOnlyList<RowResult>> RunAsync(IReadOnlyList<Row> rows, int seed, bool isShort, Action<string> say, CancellationToken cancellationToken)
    {
        var results = new List<RowResult>();
        var commit = Commit();
        say($"nemesis: {rows.Count} rows, seed {seed}; starting both Regions");
        NemesisStore? store = await NemesisStore.StartAsync(seed, _ => { }, cancellationToken);
        try
        {
            var runner = new RowRunner(store, seed, commit, isShort);
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var start = Stopwatch.StartNew();
                var result = await runner.RunAsync(row, cancellationToken);
                results.Add(result);
                ResultFolder.Keep(result);
                say($"{row.Id,-4} {Word(result.Status),-12} {start.Elapsed.TotalSeconds,5:0} s  {row.Name}{(result.Reason is null ? "" : $"\n       {result.Reason}")}{string.Concat(result.Deviations.Select(d => $"\n       deviation: {d}"))}");
                if (result.Reason?.Contains("could not be judged", StringComparison.Ordinal) == true)
                {
                    say("       the store is started anew");
                    await store.DisposeAsync();
                    store = null;
                    store = await NemesisStore.StartAsync(seed, _ => { }, cancellationToken);
                    runner = new RowRunner(store, seed, commit, isShort);
                }
            }
        }
        finally
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }
        }

        return results;
    }

    public static int Report()
    {
        ResultFolder.Write(Commit());
        Console.WriteLine(ResultFolder.Page);
        return 0;
    }

    public static int List()
    {
        foreach (var row in Matrix.All)
        {
            Console.WriteLine($"{row.Id,-4} {row.Seems,-20} {row.Name}{(row.IsSmoke ? " (smoke)" : "")}");
        }

        return 0;
    }

    private static string Word(RowStatus status) => status switch
    {
        RowStatus.Passed => "passed",
        RowStatus.Deviates => "deviates",
        RowStatus.Failed => "FAILED",
        _ => "not injected",
    };

    private static string Commit()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Workspace.Find().Root })!;
            var text = git.StandardOutput.ReadToEnd().Trim();
            return text.Length > 0 ? text : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
