using System.Diagnostics;
using System.Globalization;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;

namespace Shop.Reconcile;

/// <summary>Times the phases of a command and counts what they move.</summary>
internal sealed class Statistics
{
    private readonly List<PhaseStatistics> _phases = [];

    public IReadOnlyList<PhaseStatistics> Phases => _phases;

    public async Task<T> TimeAsync<T>(
        string aggregate, string phase, SnapshotSession source, SnapshotSession target, Func<T, int> found, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var before = await source.BytesAsync(cancellationToken) + await target.BytesAsync(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        var result = await run();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var bytes = await source.BytesAsync(cancellationToken) + await target.BytesAsync(cancellationToken) - before;
        _phases.Add(new(aggregate, phase, Math.Round(seconds, 4), bytes, PeakMegabytes(), found(result)));
        return result;
    }

    public void Add(string aggregate, string phase, double seconds, int found) => _phases.Add(new(aggregate, phase, Math.Round(seconds, 4), 0, PeakMegabytes(), found));

    public Task WriteAsync(Run run, CancellationToken cancellationToken) =>
        run.Files.PutJsonAsync("statistics.json", new RunStatistics(_phases), ToolJson.Default.RunStatistics, cancellationToken);

    /// <summary>The most memory that this process has had, as the kernel counts it; elsewhere than on Linux what it has now.</summary>
    private static double PeakMegabytes()
    {
        const string File = "/proc/self/status";
        var line = System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null
            ? Environment.WorkingSet / 1048576.0
            : Math.Round(long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) / 1024.0, 1);
    }
}
