namespace Shop.Nemesis.Checking;

/// <summary>What must hold of the executions, of those who started them, and of the way back to normal.</summary>
internal static class RunChecks
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static Judgement RunsEndOnce(Case c)
    {
        var faults = new List<(Guid?, string)>();
        faults.AddRange(c.Finals.Runs.Where(r => r.EndedAt is null).Select(r => ((Guid?)null, $"{r.Machine} {r.Name} has not ended")));
        faults.AddRange(c.Finals.Runs.Where(r => r.EndedAt - r.StartedAt > Longest).Select(r => ((Guid?)null, $"{r.Machine} {r.Name} took {(r.EndedAt - r.StartedAt)!.Value.TotalMinutes:0} min")));
        foreach (var run in c.Finals.Runs)
        {
            faults.AddRange(run.Promoted.GroupBy(p => p).Where(g => g.Count() > 1).Select(g => ((Guid?)null, $"{run.Name} promoted {g.Key} {g.Count()} times")));
        }

        foreach (var database in c.Finals.Promotions.GroupBy(p => p.Database))
        {
            var claimed = c.Finals.Runs.Count(r => r.Promoted.Contains(database.Key));
            var asked = c.Finals.Runs.Count(r => r.Machine == "aurora-failover" && r.Promoted.Count == 0 && r.Status != "SUCCEEDED");
            if (database.Count() > claimed + asked)
            {
                faults.Add((null, $"{database.Key} was promoted {database.Count()} times, and {claimed} runs say that they did"));
            }
        }

        faults.AddRange(c.Finals.LocksLeft.Select(l => ((Guid?)null, $"{l} is still held")));
        return Judgement.Of("I11", "Runs end, and act once", c.Finals.Runs.Count, faults);
    }

    public static Judgement ItRecovers(Case c) => c.Finals.Recovery is not { } r
        ? Judgement.Of("I13", "It recovers in time", 0, [])
        : Judgement.Of("I13", "It recovers in time", 1, r.SecondsToRecover > r.BoundSeconds || r.AfterPerMinute < 0.9 * r.BaselinePerMinute
            ? [(null, $"{r.BaselinePerMinute:0} orders a minute before, {r.AfterPerMinute:0} after {r.SecondsToRecover:0} s")] : []);

    public static Judgement ActsAreRecorded(Case c)
    {
        var operated = c.Finals.Runs.Where(r => r.TriggerType == "operator" || r.ApprovalAsked).ToList();
        return Judgement.Of(
            "I14", "Every act of an operator is recorded, and nobody approves their own", operated.Count,
            [
                .. operated.Where(r => string.IsNullOrEmpty(r.RequestedBy)).Select(r => ((Guid?)null, $"{r.Machine} {r.Name} does not say who started it")),
                .. operated.Where(r => r.ApprovedBy is not null && r.ApprovedBy == r.RequestedBy && r.Promoted.Count > 0).Select(r => ((Guid?)null, $"{r.Name} was started and approved by {r.ApprovedBy}")),
            ]);
    }

    public static Judgement ReplayConverges(Case c) => c.Finals.Replay is not { } r
        ? Judgement.Of("I15", "A replay is idempotent and converges", 0, [])
        : Judgement.Of("I15", "A replay is idempotent and converges", 1,
            [
                .. r.AfterOnce != r.AfterTwice ? [((Guid?)null, "the second replay changed something")] : Array.Empty<(Guid?, string)>(),
                .. r.MissingAfterwards > 0 ? [((Guid?)null, $"{r.MissingAfterwards} are still missing after the replay")] : Array.Empty<(Guid?, string)>(),
            ]);
}
