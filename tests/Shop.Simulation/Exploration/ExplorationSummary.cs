using System.Globalization;
using System.Text;
using Shop.Simulation.Judging;

namespace Shop.Simulation.Exploration;

/// <summary>What an exploration came to, as it is printed.</summary>
internal sealed record ExplorationSummary(
    int Runs, int Distinct, TimeSpan Time, TimeSpan Processor, long Events, Coverage Coverage, IReadOnlyList<PhaseSummary> Phases, IReadOnlyList<RunReport> Broken)
{
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"Simulation: {Runs} runs, {Distinct} distinct, {Events} events in {Time.TotalSeconds:F1} s ({Processor.TotalSeconds:F1} s of processors); {Broken.Count} broke a rule");
        foreach (var phase in Phases)
        {
            text.AppendLine(phase.ToString());
        }

        foreach (var machine in Coverage.Map.Points.Select(p => p.Machine).Distinct())
        {
            Line($"  {machine,-18} states {Count(machine, CoverageKind.State)}, Catch edges {Count(machine, CoverageKind.Catch)}, Choice branches {Count(machine, CoverageKind.Branch)}");
        }

        foreach (var point in Coverage.Missing())
        {
            Line($"  not reached: {point.Machine} {point.Kind}: {point.Name}");
        }

        // One example of each kind of violation, the shortest first: that is the one to look at.
        foreach (var group in Broken.GroupBy(r => Kind(r.Violations[0])).OrderByDescending(g => g.Count()))
        {
            var simplest = group.MinBy(r => (r.Schedule.Faults.Count + r.Schedule.Boundaries.Count, r.Schedule.Seed > 0 ? 1 : 0, r.Events))!;
            Line($"  broken {group.Count()} times, SIMULATION_SEED='{simplest.Schedule}': {simplest.Violations[0]}");
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A violation without what differs from run to run: times, names, Regions, numbers.</summary>
    public static string Kind(string violation) => string.Concat(
        violation[(violation.IndexOf(": ", StringComparison.Ordinal) + 2)..]
            .Split(' ').Where(word => !word.Contains('@', StringComparison.Ordinal) && !word.Any(char.IsAsciiDigit)).Select(word => word + " "))
        .Replace("catalog", "DB", StringComparison.Ordinal).Replace("orders", "DB", StringComparison.Ordinal);

    private string Count(string machine, CoverageKind kind)
    {
        var all = Coverage.Map.Points.Select((point, i) => (point, i)).Where(p => p.point.Machine == machine && p.point.Kind == kind).ToList();
        return $"{all.Count(p => Coverage.IsReached(p.i))}/{all.Count}";
    }
}
