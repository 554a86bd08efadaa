namespace Shop.Rehearsal.Drill;

/// <summary>Decides whether a drill passed. Pure, so that a test can show what makes it fail.</summary>
/// <remarks>
/// Passes only if every acknowledged order is in the new primary or in the report, exactly once; the report equals the oracle's list; both equal
/// what the shoppers' ledger expects; nothing is doubled; and nothing is in the new primary that nobody ordered.
/// </remarks>
internal sealed record Verdict(bool Passed, int Survived, DrillMissing Missing, int Duplicates, IReadOnlyList<string> Findings)
{
    public static Verdict Of(Evidence evidence)
    {
        var stored = evidence.InNewPrimary.Select(o => o.Id).ToHashSet();
        var reported = evidence.Reported.ToHashSet();
        var oracle = evidence.Oracle.ToHashSet();
        var expected = evidence.AcknowledgedDuringCut.Where(id => !stored.Contains(id)).ToHashSet();
        var findings = new List<string>(evidence.ReportFlaws);

        Find(findings, "acknowledged and neither in the new primary nor in the report", evidence.Acknowledged.Where(id => !stored.Contains(id) && !reported.Contains(id)));
        Find(findings, "acknowledged and both in the new primary and reported missing", evidence.Acknowledged.Where(id => stored.Contains(id) && reported.Contains(id)));
        Find(findings, "lost by the oracle's account but not reported", oracle.Except(reported));
        Find(findings, "reported but not lost by the oracle's account", reported.Except(oracle));
        Find(findings, "expected to be lost but not reported", expected.Except(reported));
        // An acknowledged order is never sent again, so one that survived the cut means that nothing was cut.
        Find(findings, "acknowledged during the cut, yet in the new primary", evidence.AcknowledgedDuringCut.Where(stored.Contains));
        Find(findings, "reported missing though no shopper ever sent it", reported.Except(evidence.Attempted));
        Find(findings, "acknowledged while nothing was cut, yet reported missing", reported.Intersect(evidence.Acknowledged).Except(evidence.AcknowledgedDuringCut));
        Find(findings, "in the new primary though no shopper ever sent it", stored.Except(evidence.Attempted));

        var doubled = Doubled(evidence, stored).ToList();
        Find(findings, "doubled", doubled);
        return new Verdict(
            findings.Count == 0,
            evidence.Acknowledged.Count(stored.Contains),
            new DrillMissing(evidence.AcknowledgedDuringCut.Count(id => !stored.Contains(id)), evidence.Reported.Count, evidence.Oracle.Count),
            doubled.Count,
            findings);
    }

    /// <summary>Reported twice, listed twice, stored and missing at once, or more than one order for a shopper who bought once.</summary>
    private static IEnumerable<Guid> Doubled(Evidence evidence, HashSet<Guid> stored) =>
        Repeated(evidence.Reported)
            .Concat(Repeated(evidence.InNewPrimary.Select(o => o.Id)))
            .Concat(evidence.Reported.Where(stored.Contains))
            .Concat(evidence.InNewPrimary.GroupBy(o => o.CustomerId).SelectMany(g => g.Skip(1)).Select(o => o.Id))
            .Distinct();

    private static IEnumerable<Guid> Repeated(IEnumerable<Guid> ids) => ids.GroupBy(id => id).Where(g => g.Skip(1).Any()).Select(g => g.Key);

    private static void Find(List<string> findings, string what, IEnumerable<Guid> ids)
    {
        var found = ids.ToList();
        if (found.Count > 0)
        {
            findings.Add($"{found.Count} {what}: {string.Join(", ", found.Take(5))}{(found.Count > 5 ? ", ..." : "")}");
        }
    }
}
