using System.Globalization;
using System.Text.Json;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.Drill;

/// <summary><c>make drill</c>: the whole rehearsal without a person. Exit code 0 only when the verdict is <c>pass</c>.</summary>
internal static class DrillCommand
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(Workspace workspace)
    {
        var options = DrillOptions.FromEnvironment(Environment.GetEnvironmentVariable);
        var rehearsal = RehearsalOptions.FromEnvironment(Environment.GetEnvironmentVariable) with { AlarmIsArmed = !options.OperatorStarts };
        using var stop = new StopSignals();
        try
        {
            var result = await RunAsync(workspace, rehearsal, options, Console.Out, stop.Token);
            return result.Verdict == "pass" ? 0 : Failed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            Console.WriteLine("Stopped; everything that was started is gone.");
            return Interrupted;
        }
        catch (Exception e) when (e is not OptionException)
        {
            Console.WriteLine($"\nverdict: fail\n{(e is DrillException ? e.Message : e.ToString())}");
            return Failed;
        }
    }

    public static async Task<DrillResult> RunAsync(
        Workspace workspace, RehearsalOptions rehearsal, DrillOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var timeline = new Timeline(time, output);
        timeline.Enter("start", "Starting both Regions");
        var files = DrillFiles.Create(workspace, time);
        try
        {
            await using var host = await RehearsalHost.StartAsync(workspace, rehearsal, text => timeline.Say($"  {text}"), cancellationToken);
            try
            {
                return await RunAsync(host, files, options, timeline, output, cancellationToken);
            }
            finally
            {
                files.KeepLogs(host);
            }
        }
        catch (Exception e)
        {
            // Tools read the newest drill.json: it must not be that of an earlier drill which passed.
            timeline.End();
            await WriteAsync(files, Unfinished(e, timeline, files, options));
            throw;
        }
    }

    private static async Task<DrillResult> RunAsync(
        RehearsalHost host, DrillFiles files, DrillOptions options, Timeline timeline, TextWriter output, CancellationToken cancellationToken)
    {
        var facts = await new DrillRunner(host, options, timeline, TimeProvider.System).RunAsync(cancellationToken);
        files.KeepReports(host, facts.Survivor);
        var evidence = await new DrillJudge(host).CollectAsync(facts, files.Reports.Json, cancellationToken);
        var verdict = Verdict.Of(evidence);
        timeline.End();
        var result = Result(facts, verdict, evidence, timeline, files, options);
        await WriteAsync(files, result);
        await output.WriteLineAsync(Summary(result, files));
        return result;
    }

    private static Task WriteAsync(DrillFiles files, DrillResult result) =>
        File.WriteAllTextAsync(Path.Combine(files.Folder, "drill.json"), JsonSerializer.Serialize(result, DrillJson.Default.DrillResult));

    private static DrillResult Unfinished(Exception reason, Timeline timeline, DrillFiles files, DrillOptions options) => new(
        "fail", 0, 0, new DrillMissing(0, 0, 0), 0, timeline.Phases, 0, 0, "", files.Reports, [$"The drill did not finish: {reason.Message}"],
        options.OperatorStarts ? "operator" : "alarm", options.Seed);

    private static DrillResult Result(
        DrillFacts facts, Verdict verdict, Evidence evidence, Timeline timeline, DrillFiles files, DrillOptions options) => new(
        verdict.Passed ? "pass" : "fail",
        evidence.Acknowledged.Count,
        verdict.Survived,
        verdict.Missing,
        verdict.Duplicates,
        timeline.Phases,
        Math.Round((facts.Failover.FirstOrderAt - facts.KilledAt).TotalSeconds, 3),
        facts.AcknowledgedDuringCut.Count == 0 ? 0 : Math.Round((facts.KilledAt - facts.CutAt).TotalSeconds, 3),
        facts.Failover.ExecutionArn,
        files.Reports,
        verdict.Findings,
        options.OperatorStarts ? "operator" : "alarm",
        options.Seed);

    private static string Summary(DrillResult result, DrillFiles files)
    {
        var phases = string.Join("\n", result.Phases.Select(p => string.Create(CultureInfo.InvariantCulture, $"  {p.Name,-12} {p.Seconds,8:0.0} s")));
        var findings = result.Findings.Count == 0 ? "" : "\nfindings:\n" + string.Join("\n", result.Findings.Select(f => $"  {f}"));
        var missing = result.Missing is { Expected: 0, Reported: 0, Oracle: 0 }
            ? "no order is missing: the report says zero, and the oracle agrees"
            : $"missing: {result.Missing.Expected} expected, {result.Missing.Reported} reported, {result.Missing.Oracle} by the oracle";
        return string.Create(CultureInfo.InvariantCulture, $"""

            phases:
            {phases}

            acknowledged: {result.Acknowledged}, of them in the new primary: {result.Survived}
            {missing}
            duplicates: {result.Duplicates}
            RTO {result.RtoSeconds:0.0} s (Region killed -> first order acknowledged in the other one), RPO {result.RpoSeconds:0.0} s{findings}
            verdict: {result.Verdict}

            Look at next:
              {files.Reports.Html}
              {files.Reports.Csv}
              {Path.Combine(files.Folder, "drill.json")}
            """);
    }
}
