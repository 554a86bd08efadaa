using Shop.Simulation.Executions;
using Shop.Simulation.Schedules;

namespace Shop.Simulation.Exploration;

/// <summary>What can be done to a run that was played before: everything, at each place.</summary>
internal static class Disturbances
{
    /// <summary>Two databases make two visits a round.</summary>
    private const int FirstVisits = 6;

    private const int EveryLater = 5;

    private static readonly FaultKind[] OfPlainCalls = Enum.GetValues<FaultKind>();

    // A nested execution is started once or not at all, and its start is not late; a question is asked again by nobody.
    private static readonly FaultKind[] OfNested = [FaultKind.Error, FaultKind.LostAnswer, FaultKind.Timeout, FaultKind.TimeoutWithEffect, FaultKind.Crash, FaultKind.ErrorAlways];
    private static readonly FaultKind[] OfQuestions = [FaultKind.Error, FaultKind.LostAnswer, FaultKind.Timeout, FaultKind.Twice, FaultKind.Crash];

    private static readonly BoundaryKind[] Others =
        [BoundaryKind.Abort, BoundaryKind.RedriveLate, BoundaryKind.HostCrash, BoundaryKind.StopOne, BoundaryKind.StartAfresh, BoundaryKind.Duplicate, BoundaryKind.Opposite, BoundaryKind.Operator];

    public static FaultKind[] KindsOf(CallType type) => type switch
    {
        CallType.Nested => OfNested,
        CallType.Question => OfQuestions,
        _ => OfPlainCalls,
    };

    public static IEnumerable<Schedule> Faults(RunReport report) => Seconds(report);

    /// <summary>Each kind of fault at each Task state, and a redrive soon and late at each kind of event of each state: once, where it is seen first.</summary>
    public static IEnumerable<Schedule> Landmarks(IEnumerable<RunReport> reports)
    {
        var seen = new HashSet<(string, char)>();
        foreach (var report in reports.OrderBy(r => r.Events))
        {
            foreach (var fault in Seconds(report).Where(s => seen.Add((report.Calls[s.Faults[^1].Call].State, (char)s.Faults[^1].Kind))))
            {
                yield return fault;
            }

            for (var at = 1; at <= report.Sites.Count; at++)
            {
                foreach (var kind in (BoundaryKind[])[BoundaryKind.Redrive, BoundaryKind.RedriveLate])
                {
                    if (seen.Add((report.Sites[at - 1], (char)kind)))
                    {
                        yield return report.Schedule.With(new Boundary(at, kind));
                    }
                }
            }
        }
    }

    /// <summary>One more fault, after those that the schedule has.</summary>
    public static IEnumerable<Schedule> Seconds(RunReport report)
    {
        var first = report.Schedule.Faults.Count == 0 ? 0 : report.Schedule.Faults[^1].Call + 1;
        for (var call = first; call < report.Calls.Count; call++)
        {
            foreach (var kind in KindsOf(report.Calls[call].Type))
            {
                yield return report.Schedule.With(new CallFault(call, kind));
            }
        }
    }

    /// <summary>A crash with a redrive at each boundary between two events. Of a loop that waits the first rounds, and some of the others.</summary>
    public static IEnumerable<Schedule> Redrives(RunReport report) => Boundaries(report).Select(at => report.Schedule.With(new Boundary(at, BoundaryKind.Redrive)));

    /// <summary>What else can happen between two events: in the main situations all of it at each place, elsewhere one kind in turn.</summary>
    public static IEnumerable<Schedule> Interruptions(RunReport report, bool isMain)
    {
        foreach (var at in Boundaries(report))
        {
            BoundaryKind[] kinds = isMain ? Others : [Others[at % Others.Length]];
            foreach (var kind in kinds)
            {
                yield return report.Schedule.With(new Boundary(at, kind));
            }
        }

        yield return report.Schedule.With(new Boundary(0, BoundaryKind.RedriveFailed));
    }

    private static IEnumerable<int> Boundaries(RunReport report)
    {
        var visits = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 1; at <= report.Events; at++)
        {
            var visit = visits[report.Sites[at - 1]] = visits.GetValueOrDefault(report.Sites[at - 1]) + 1;
            if (visit <= FirstVisits || visit % EveryLater == 0)
            {
                yield return at;
            }
        }
    }
}
