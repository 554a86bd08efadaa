using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>How long a move of the store has taken so far, and in which parts. It stops with the first order that the other Region acknowledges.</summary>
/// <param name="EndedAt">Null while it runs.</param>
internal sealed record MoveClock(string Title, bool IsOutage, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, IReadOnlyList<ClockMark> Marks, string EndedBy)
{
    private static readonly (string State, string Name)[] Steps =
    [
        ("EvaluatePreflight", "judged"), ("Fence", "fenced"), ("AskApproval", "approved"), ("RouteTraffic", "routed"), ("Validate", "test order placed"),
    ];

    /// <param name="lost">The writing Region that is gone, if one is, and since when.</param>
    /// <param name="promotions">When which Region's orders database became the writer.</param>
    /// <param name="firstOrder">The first order of shoppers in a Region since a moment.</param>
    public static MoveClock? Of(
        IReadOnlyList<Execution> executions, IReadOnlyList<(string Region, DateTimeOffset At)> losses, (string Region, DateTimeOffset At)? lost,
        IReadOnlyList<(string Region, DateTimeOffset At)> promotions, Func<DateTimeOffset, string, DateTimeOffset?> firstOrder)
    {
        // A run that was refused, as of an alarm that went off once more, doesn't take the clock from the move that came before.
        var moves = executions.Where(e => e.StateMachineName == "regional-failover" && IsReal(e)).ToList();
        var move = moves.Find(e => e.Status == ExecutionStatus.Running || promotions.Any(p => p.Region == RegionOf(e) && p.At >= e.StartDate && !(p.At > e.Outcome.StopDate))) ?? moves.FirstOrDefault();
        if (lost is { } now && (move is null || move.StartDate < now.At))
        {
            return new MoveClock($"{now.Region} is lost", true, now.At, null, [], "");
        }

        return move is null ? null : OfMove(move, losses, promotions, firstOrder);
    }

    private static MoveClock OfMove(
        Execution move, IReadOnlyList<(string Region, DateTimeOffset At)> losses, IReadOnlyList<(string Region, DateTimeOffset At)> promotions,
        Func<DateTimeOffset, string, DateTimeOffset?> firstOrder)
    {
        var target = RegionOf(move);
        var loss = losses.Where(l => l.Region != target && l.At <= move.StartDate && move.StartDate - l.At < TimeSpan.FromMinutes(30)).OrderBy(l => l.At).LastOrDefault();
        var isOutage = loss.Region is not null;
        var startedAt = isOutage ? loss.At : move.StartDate;
        var trace = ExecutionTrace.Of(move);
        var marks = new List<ClockMark>();
        if (isOutage)
        {
            marks.Add(new ClockMark("detected", move.StartDate));
        }

        marks.AddRange(Steps.Select(s => (s.Name, Visit: trace.LastVisitOf(s.State))).Where(s => s.Visit is { LeftAt: not null, Status: StateStatus.Succeeded })
            .Select(s => new ClockMark(s.Name, s.Visit!.LeftAt!.Value)));
        // From the promotion on, not from the loss: an order that the old writer still took may reach its shopper a moment later.
        DateTimeOffset? promotedAt = promotions.Where(p => p.Region == target && p.At >= move.StartDate).Select(p => (DateTimeOffset?)p.At).FirstOrDefault();
        if (promotedAt is { } promoted)
        {
            marks.Add(new ClockMark("promoted", promoted));
        }

        var order = promotedAt is { } from ? firstOrder(from, target) : null;
        if (order is { } at)
        {
            marks.Add(new ClockMark("first order", at));
        }

        var tested = trace.LastVisitOf("Validate") is { Status: StateStatus.Succeeded, LeftAt: { } testedAt } ? testedAt : (DateTimeOffset?)null;
        DateTimeOffset? served = order is { } o && tested is { } t ? (o < t ? o : t) : order ?? tested;
        var endedAt = served ?? (move.Status == ExecutionStatus.Running ? null : move.Outcome.StopDate);
        return new MoveClock(isOutage ? $"{loss.Region} is lost" : $"Move to {target}", isOutage, startedAt, endedAt, [.. marks.OrderBy(m => m.At)],
            served is not null ? $"{target} takes orders" : endedAt is not null ? $"the move ended {ExecutionOutcome.Name(move.Status)}" : "");
    }

    public static string RegionOf(Execution execution) => execution.Arn.Split(':')[3];

    private static bool IsReal(Execution execution) =>
        execution.InputValue.ValueKind == System.Text.Json.JsonValueKind.Object
        && execution.InputValue.TryGetProperty("dryRun", out var dryRun) && dryRun.ValueKind == System.Text.Json.JsonValueKind.False;
}

/// <param name="Name">What was reached.</param>
internal sealed record ClockMark(string Name, DateTimeOffset At);
