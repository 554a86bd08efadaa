using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Shop.Simulation.Executions;
using Shop.Simulation.Judging;
using Shop.Simulation.Schedules;

namespace Shop.Simulation.Exploration;

/// <summary>Plays schedules until there were as many distinct runs as wanted: first what can be listed, then what chance draws.</summary>
/// <remarks>Two runs at a time, each on a thread of its own; they share nothing but the parsed definitions and what is counted.</remarks>
internal sealed class Explorer(Subject subject, int budget, Func<RunReport, bool>? stopsAt = null, Action<string>? say = null)
{
    /// <summary>Events of a run that is not disturbed at each place, for that would take its time: a week of waiting for a snapshot.</summary>
    private const int LongRun = 3_000;

    private static readonly int Threads = Math.Min(2, Environment.ProcessorCount);

    private readonly HashSet<ulong> _fingerprints = [];
    private readonly ConcurrentQueue<RunReport> _broken = new();
    private readonly ConcurrentDictionary<string, RunReport> _measured = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Coverage _coverage = new(subject.Machines.Coverage);
    private readonly List<PhaseSummary> _phases = [];
    private long _events;
    private int _runs;
    private bool _isStopped;

    private bool IsOver => _isStopped || _fingerprints.Count >= budget;

    public ExplorationSummary Explore()
    {
        var (clock, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        Play("undisturbed", Scenarios.All.Select(s => Schedule.Of(s.Name)), measures: true);
        var explored = Scenarios.All.Where(s => s.IsExplored && _measured.ContainsKey(s.Name + "/0")).Select(s => _measured[s.Name + "/0"]).ToList();
        PlayShare("landmarks", [.. Disturbances.Landmarks(_measured.Values.Where(r => r.Events < LongRun))], 0.50);
        PlayShare("single faults", [.. explored.SelectMany(Disturbances.Faults)], 0.60);
        PlayShare("redrives", [.. explored.SelectMany(Disturbances.Redrives)], 0.70);
        PlayShare("interruptions", [.. explored.SelectMany(report => Disturbances.Interruptions(report, Scenarios.Find(report.Schedule.Scenario).IsPaired))], 0.70, 0.06);
        PlayShare("pairs of faults", Pairs(explored), 0.88);
        Play("swarm", explored.Count == 0 ? [] : Swarm.Schedules(explored), measures: false);
        return new ExplorationSummary(_runs, _fingerprints.Count, clock.Elapsed, Environment.CpuUsage.TotalTime - processor, _events, _coverage, [.. _phases], [.. _broken]);
    }

    private IReadOnlyList<Schedule> Pairs(List<RunReport> explored)
    {
        if (IsOver)
        {
            return [];
        }

        // What comes after a first fault depends on it: a single is played once more, for its calls.
        var all = explored.Where(r => Scenarios.Find(r.Schedule.Scenario).IsPaired).SelectMany(Disturbances.Faults).ToList();
        var firsts = Some(all, budget / 50).ToList();
        Play("first of pairs", firsts, measures: true, all.Count);
        return [.. firsts.Select(s => _measured.GetValueOrDefault(s.ToString())).Where(r => r?.Events < LongRun).SelectMany(r => Disturbances.Seconds(r!))];
    }

    /// <summary>Plays an even selection, so that a small budget sees something of each part: until so much of it is used up, and of it no more than <paramref name="atMost"/>.</summary>
    private void PlayShare(string phase, IReadOnlyList<Schedule> schedules, double until, double atMost = 1)
    {
        var room = Math.Max(0, (int)Math.Min(budget * atMost, (budget * until) - _fingerprints.Count));
        if (schedules.Count == 0 || room == 0)
        {
            return;
        }

        Play(phase, Some(schedules, room), measures: false, schedules.Count);
    }

    private static IEnumerable<Schedule> Some(IReadOnlyList<Schedule> schedules, int count)
    {
        var step = Math.Max(1.0, (double)schedules.Count / count);
        return Enumerable.Range(0, Math.Min(count, schedules.Count)).Select(i => schedules[(int)(i * step)]);
    }

    private void Play(string phase, IEnumerable<Schedule> schedules, bool measures, int? total = null)
    {
        var (clock, before, distinct, events) = (Stopwatch.StartNew(), _runs, _fingerprints.Count, _events);
        Parallel.ForEach(
            Partitioner.Create(schedules.TakeWhile(_ => !IsOver), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Threads },
            schedule => Play(schedule, measures));
        _phases.Add(new PhaseSummary(phase, _runs - before, _fingerprints.Count - distinct, total, _events - events, clock.Elapsed));
        say?.Invoke(_phases[^1].ToString());
    }

    private void Play(Schedule schedule, bool measures)
    {
        RunReport report;
        try
        {
            report = new SimulatedRun(subject, _coverage).Play(schedule, measures);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The model can't play SIMULATION_SEED='{schedule}': {e.Message}", e);
        }

        if (measures)
        {
            _measured[schedule.ToString()] = report;
        }

        if (report.Violations.Count > 0)
        {
            _broken.Enqueue(report);
            _isStopped |= stopsAt?.Invoke(report) == true;
        }

        lock (_lock)
        {
            _runs++;
            _events += report.Events;
            _fingerprints.Add(report.Fingerprint);
        }
    }
}

/// <param name="Total">How many schedules the phase could have played, if they can be listed.</param>
internal sealed record PhaseSummary(string Name, int Runs, int Distinct, int? Total, long Events, TimeSpan Time)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"  {Name,-16} {Runs,7} runs{(Total is { } total ? $" of {total}" : ""),-10} {Distinct,7} new {Events,11} events {Time.TotalSeconds,6:F1} s");
}
