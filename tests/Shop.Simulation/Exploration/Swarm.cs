using Shop.Simulation.Schedules;

namespace Shop.Simulation.Exploration;

/// <summary>Schedules drawn by chance, without end: latencies and durations, up to four faults and up to two boundaries.</summary>
internal static class Swarm
{
    private static readonly BoundaryKind[] Boundaries = Enum.GetValues<BoundaryKind>();

    public static IEnumerable<Schedule> Schedules(IReadOnlyList<RunReport> explored)
    {
        for (var seed = 1; ; seed++)
        {
            var random = new Random(seed);
            var report = explored[random.Next(explored.Count)];
            if (report.Calls.Count > 0)
            {
                yield return Draw(report, seed, random);
            }
        }
    }

    private static Schedule Draw(RunReport report, int seed, Random random)
    {
        var schedule = Schedule.Of(report.Schedule.Scenario, seed);
        for (var faults = random.Next(5); faults > 0; faults--)
        {
            // Retries and redrives make more calls than the undisturbed run had.
            var call = random.Next(report.Calls.Count + 10);
            var kinds = Disturbances.KindsOf(report.Calls[Math.Min(call, report.Calls.Count - 1)].Type);
            schedule = schedule.With(new CallFault(call, kinds[random.Next(kinds.Length)]));
        }

        for (var boundaries = Math.Max(0, random.Next(5) - 2); boundaries > 0; boundaries--)
        {
            var kind = Boundaries[random.Next(Boundaries.Length)];
            schedule = schedule.With(new Boundary(kind == BoundaryKind.RedriveFailed ? 0 : 1 + random.Next(report.Events), kind));
        }

        return schedule;
    }
}
