using System.Globalization;
using Shop.Lambda;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconcile;

/// <summary>Writes the reports of a run and prints what matters of them.</summary>
internal static class ReportCommand
{
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> words, Terminal console, CancellationToken cancellationToken)
    {
        var options = Options.Parse("report", words, ["run", "until"], []);
        var until = options.Find("until");
        if (until is not (null or CompareInput.Versions or CompareInput.Content))
        {
            throw new UsageException($"--until is '{until}', expected {CompareInput.Versions} or {CompareInput.Content}.");
        }

        using var run = Run.Take(options.Get("run"));
        return run is null
            ? await PlanCommand.AlreadyRunningAsync(options, console)
            : await WriteAsync(run, await run.ReadAsync(cancellationToken), until, console, cancellationToken);
    }

    public static async Task<ExitCode> WriteAsync(Run run, RunFile file, string? until, Terminal console, CancellationToken cancellationToken)
    {
        var code = file.Skipped.Count > 0 ? ExitCode.TableSkipped : ExitCode.Equal;
        foreach (var aggregate in file.Aggregates)
        {
            var input = new ReportInput(file.RunId, aggregate, Until: until, Skipped: file.Skipped);
            var output = await new ReportTask(run.Files, TimeProvider.System, _ => Run.Keys(aggregate)).RunAsync(
                input, new TaskContext(file.RunId, DateTimeOffset.MaxValue, null, ""), cancellationToken);
            await console.SayAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{aggregate}: {output.Missing:#,0} missing, {output.Changed:#,0} changed, {output.Resurrected:#,0} resurrected, {output.Extra:#,0} extra; {output.Completeness}"));
            await console.SayAsync($"  {run.PathOf(output.Html)}");
            code |= output.Missing + output.Changed + output.Resurrected > 0 ? ExitCode.Different : 0;
            code |= output.Completeness == Statements.Exact ? 0 : ExitCode.Partial;
        }

        return code;
    }
}
