using Shop.Failover.Routing;

namespace Shop.Failover.Preflight;

/// <summary>Decides from what was read whether to go. Pure: no clock, no calls.</summary>
/// <remarks>
/// <list type="table">
/// <item>an unknown database, a cluster without a member here, an operation towards another Region: blocker</item>
/// <item>a description that could not be read, a member that is not connected: blocker for a switchover (it needs a healthy primary), else a warning</item>
/// <item>routing controls that can't be read: blocker, for a move that can't take its shoppers along is half a move</item>
/// <item>a lag beyond <c>maxRpoSeconds</c>, or none to be read when there is such a limit: blocker of a failover</item>
/// <item>a move less than the cool-down ago: blocker for everything but a person</item>
/// <item>a run of the other Region that began earlier and can still be running: blocker</item>
/// <item>any blocker: <c>noGo</c>; every database written here, traffic only here, and no dead run to finish: <c>alreadyActive</c>; anything else: <c>go</c></item>
/// </list>
/// The first kind would fail anyway; the others are matters of judgement, and an operator's <c>force</c> passes over them.
/// </remarks>
public static class PreflightVerdict
{
    private static readonly TimeSpan LagWindow = TimeSpan.FromMinutes(10);

    public static PreflightAnswer Evaluate(PreflightRequest request)
    {
        var checks = new List<PreflightCheck>();
        var written = request.Databases.Select(d => ClusterCheck.Add(request, d, checks)).ToList();
        if (request.Databases.Distinct().Count() != request.Databases.Count)
        {
            checks.Add(new("databases", "blocker", "A database is named twice; two promotions of one cluster would race."));
        }

        var routing = RoutingCheck.Add(request, checks);
        LagCheck.Add(request, checks);
        CooldownCheck.Add(request, checks);
        RivalCheck.Add(request, checks);
        var inherited = Inheritance.Of(request);
        inherited.Add(checks);
        var unseen = UnseenMove.Add(request, written, checks);
        var blockers = checks.Where(c => c.Status == "blocker").ToList();
        var verdict = blockers.Count > 0 ? "noGo"
            : written.Count > 0 && written.All(w => w) && routing.IsOnlyHere && !inherited.HasMoves ? "alreadyActive"
            : "go";
        return new PreflightAnswer(
            verdict,
            checks,
            Before(request.At, LagWindow),
            blockers.All(b => b.CanForce),
            inherited.HasActed ? request.BothOn ?? [] : routing.Former,
            [.. request.Databases.Select((d, i) => inherited.MoveOf(d, written[i], unseen.Contains(d), request.Mode))],
            request.Mode == "failover" || inherited.MayLose,
            Before(request.At, RivalCheck.LongestRun));
    }

    private static DateTimeOffset Before(DateTimeOffset at, TimeSpan time) => at - DateTimeOffset.MinValue > time ? at - time : default;
}
