using Shop.Nemesis.History;

namespace Shop.Nemesis.Checking;

/// <summary>What must hold of each order.</summary>
internal static class OrderChecks
{
    public static Judgement NothingLostSilently(Case c)
    {
        var faults = new List<(Guid?, string)>();
        foreach (var ack in c.Acknowledged.Where(a => !c.WasDeleted(a.Key!.Value)))
        {
            var key = ack.Key!.Value;
            if (c.Stored.TryGetValue(key, out var stored))
            {
                if (ack.Hash is not null && stored.Hash != ack.Hash && !c.Changed.Contains(key))
                {
                    faults.Add((key, $"{key} was acknowledged with other content than is stored, and no report says so"));
                }
            }
            else if (!c.Missing.ContainsKey(key))
            {
                faults.Add((key, $"{key} was acknowledged and is neither stored nor reported"));
            }
        }

        return Judgement.Of("I1", "No acknowledged order is lost silently", c.Acknowledged.Count, faults);
    }

    public static Judgement GapsAreBounded(Case c)
    {
        var partial = c.Finals.Reports.Where(r => !r.IsExact).ToList();
        return Judgement.Of(
            "I1'", "A report without all evidence says so, and why", partial.Count,
            [.. partial.Where(r => r.Reasons.Count == 0).Select(r => ((Guid?)null, $"report {r.RunId} is a lower bound and gives no reason"))]);
    }

    public static Judgement NothingInvented(Case c) => Judgement.Of(
        "I2", "Nothing is stored that nobody sent", c.Finals.New.Count,
        [.. c.Finals.New.Where(o => !c.Submits[o.Id].Any(s => s.Type == OperationType.Invoke)).Select(o => ((Guid?)o.Id, $"{o.Id} is stored and nobody sent it"))]);

    /// <summary>The report against the old primary as it was, by SQL and by binary log; neither is what the report was made with.</summary>
    public static Judgement ReportIsExact(Case c)
    {
        var faults = new List<(Guid?, string)>();
        var looked = 0;
        foreach (var old in c.Finals.Old)
        {
            if (c.Finals.Reports.FirstOrDefault(r => r.RunId == old.RunId) is not { } report)
            {
                faults.Add((null, $"there is no report of run {old.RunId}"));
                continue;
            }

            looked += old.Orders.Count + 1;
            var held = old.Orders.ToDictionary(o => o.Id);
            faults.AddRange(held.Keys.Where(k => !c.Stored.ContainsKey(k) && !report.Missing.ContainsKey(k)).Select(k => ((Guid?)k, $"{k} is missing and report {report.RunId} omits it")));
            faults.AddRange(report.Missing.Keys.Where(k => !held.ContainsKey(k)).Select(k => ((Guid?)k, $"report {report.RunId} lists {k}, which the old primary never had")));
            faults.AddRange(report.Missing.Keys.Where(k => c.Stored.TryGetValue(k, out var s) && !s.Recovered && !SentAgain(c, k, report)).Select(k => ((Guid?)k, $"report {report.RunId} lists {k}, which is there")));
            faults.AddRange(report.Missing.Where(m => held.TryGetValue(m.Key, out var o) && o.Total != m.Value).Select(m => ((Guid?)m.Key, $"report {report.RunId} lists {m.Key} with {m.Value}, not {held[m.Key].Total}")));
            faults.AddRange(old.LostByBinlog.Where(k => held.ContainsKey(k) && !c.Stored.ContainsKey(k) && !report.Missing.ContainsKey(k)).Select(k => ((Guid?)k, $"{k} is lost by the binary log and report {report.RunId} omits it")));
            foreach (var (key, was) in held)
            {
                var differs = c.Stored.TryGetValue(key, out var now) && !now.Recovered && (now.Hash != was.Hash || (now.Status != was.Status && !CancelledSince(c, key, report)));
                if (differs && !report.Changed.Contains(key) && !report.Missing.ContainsKey(key))
                {
                    faults.Add((key, $"{key} differs and report {report.RunId} omits it"));
                }
            }

            faults.AddRange(c.Finals.New.Where(o => c.WasDeleted(o.Id) && !held.ContainsKey(o.Id) && !report.Resurrected.Contains(o.Id))
                .Select(o => ((Guid?)o.Id, $"{o.Id} was deleted, is back, and report {report.RunId} omits it")));
        }

        return Judgement.Of("I3", "The report is exact", looked, faults);
    }

    public static Judgement NoOrderTwice(Case c)
    {
        var faults = new List<(Guid?, string)>();
        faults.AddRange(c.Finals.New.GroupBy(o => o.Id).Where(g => g.Count() > 1).Select(g => ((Guid?)g.Key, $"{g.Key} is stored {g.Count()} times")));
        faults.AddRange(c.Finals.New.GroupBy(o => o.Customer).Where(g => g.Select(o => o.Id).Distinct().Count() > 1).SelectMany(g => g.Select(o => ((Guid?)o.Id, $"customer {g.Key} bought once and has {g.Count()} orders"))));
        foreach (var answers in c.History.Where(o => o is { F: "submit", Type: OperationType.Ok, Key: not null }).GroupBy(o => o.Key!.Value))
        {
            if (answers.Select(a => a.OrderId).Distinct().Count() > 1)
            {
                faults.Add((answers.Key, $"key {answers.Key} was answered with {string.Join(" and ", answers.Select(a => a.OrderId).Distinct())}"));
            }
        }

        return Judgement.Of("I4", "No order is there twice", c.Submits.Count, faults);
    }

    public static Judgement RefusedStaysRefused(Case c)
    {
        var refused = c.Submits.Where(s => s.Any(o => o.Type == OperationType.Fail) && !s.Any(o => o.Type is OperationType.Ok or OperationType.Info)).Select(s => s.Key).ToList();
        var old = c.Finals.Old.SelectMany(o => o.Orders).Select(o => o.Id).ToHashSet();
        return Judgement.Of(
            "I5", "What was refused stays refused", refused.Count,
            [.. refused.Where(k => c.Stored.ContainsKey(k) || old.Contains(k)).Select(k => ((Guid?)k, $"{k} was refused and is stored"))]);
    }

    public static Judgement CartAndOrderAgree(Case c) => Judgement.Of(
        "I9", "No cart is empty without an order", c.Finals.Carts.Count,
        [.. c.Finals.Carts.Where(k => k.Lines == 0 && !c.Stored.ContainsKey(k.Key) && !c.Missing.ContainsKey(k.Key))
            .Select(k => ((Guid?)k.Key, $"the cart of {k.Customer} is empty and order {k.Key} is nowhere"))]);

    public static Judgement NoVoid(Case c) => Judgement.Of(
        "I16", "The customer never meets a void", c.Finals.Answers.Count,
        [.. c.Finals.Answers.Where(a => a.Status != 200 && !(a.Status == 404 && a.Problem?.EndsWith("being-recovered", StringComparison.Ordinal) == true))
            .Select(a => ((Guid?)a.OrderId, $"{a.OrderId} was acknowledged and its page answers {a.Status} {a.Problem}"))]);

    private static bool SentAgain(Case c, Guid key, ReportFacts report) =>
        c.Submits[key].Any(o => o.Type is OperationType.Ok or OperationType.Info && o.At > report.GeneratedAt.AddMinutes(-2) && o.Epoch >= (c.Stored[key].Epoch));

    private static bool CancelledSince(Case c, Guid key, ReportFacts report) =>
        c.History.Any(o => o.Key == key && o is { F: "cancel", Type: OperationType.Ok or OperationType.Info } && o.At > report.GeneratedAt);
}
