using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Reports;

/// <summary>Puts a run's results together. The same results give the same report, whatever order they came in.</summary>
internal static class ReportBuilder
{
    public static Report Build(
        RunManifest manifest, IReadOnlyList<VersionResult> versions, IReadOnlyList<GroupResult> groups, IReadOnlyList<Difference> differences,
        ReportInput input, DateTimeOffset now)
    {
        var entries = differences.OrderBy(d => d.UpdatedAt, StringComparer.Ordinal).ThenBy(d => d.Key, AggregateKey.Ordinal).ToLookup(d => d.Class);
        var losses = differences.Where(d => d.Class == DifferenceClass.Missing).Select(d => d.UpdatedAt).OfType<string>().ToList();
        var ranges = groups.OrderBy(g => g.Group).SelectMany(g => g.Ranges).ToList();
        var report = new Report(
            Report.CurrentSchemaVersion,
            manifest.RunId,
            manifest.Plan.Name,
            manifest.Plan.Noun,
            manifest.Plan.ItemNoun,
            now,
            Incident(manifest, input, losses),
            Statements.Completeness(manifest, groups.Count == manifest.Groups.Count, differences, input.Skipped ?? []),
            Statements.Phases(manifest, versions.Count > 0, groups.Count == manifest.Groups.Count, ranges.Count),
            Advice.NextSteps(manifest, input, differences),
            Totals([.. groups.Select(g => g.Extra), .. versions.Select(v => v.Extra)], entries),
            manifest.Plan.Root.Money?.MinorDigits ?? 0,
            Histograms.Of(differences, manifest.Boundary),
            Entries(manifest, entries[DifferenceClass.Missing]),
            Entries(manifest, entries[DifferenceClass.Changed]),
            Entries(manifest, entries[DifferenceClass.Resurrected]),
            Evidence(manifest, input, ranges, groups.Sum(g => g.WaitedSeconds)),
            [.. (manifest.Plan.Root.Masked ?? []).Concat(manifest.Plan.Children.SelectMany(c => c.Masked ?? []))]);
        return report with { ContentHash = ReportHash.Of(report) };
    }

    private static Incident Incident(RunManifest manifest, ReportInput input, List<string> losses) => new(
        input.OldClusterId,
        input.OldRegion,
        input.NewRegion,
        manifest.Boundary.FailoverStartedAt,
        manifest.Boundary.PromotedAt,
        // The failover writes -1 when no data point was left to read.
        input.LagMs is >= 0 ? input.LagMs : null,
        manifest.Boundary.LastSourceWrite,
        manifest.Boundary.ReplicatedThrough,
        manifest.WindowStart,
        losses.Min(StringComparer.Ordinal),
        losses.Max(StringComparer.Ordinal),
        manifest.Boundary.IsAssumed ? true : null);

    private static Totals Totals(IReadOnlyList<ExtraCounts> extra, ILookup<DifferenceClass, Difference> entries)
    {
        return new(
            Total(entries[DifferenceClass.Missing]),
            Total(entries[DifferenceClass.Changed]),
            Total(entries[DifferenceClass.Resurrected]),
            new(
                extra.Sum(e => e.Created + e.Updated),
                extra.Sum(e => e.Created),
                extra.Sum(e => e.Updated),
                extra.Sum(e => e.Items),
                Sum(extra.SelectMany(e => e.Money))));
    }

    private static ClassTotal Total(IEnumerable<Difference> differences)
    {
        var all = differences.ToList();
        return new(
            all.Count,
            all.Sum(d => d.Items),
            Sum(all.Where(d => d.Currency is not null).Select(d => new Money(d.Currency!, d.Amount))));
    }

    private static IReadOnlyList<Money> Sum(IEnumerable<Money> money) =>
        [.. money.GroupBy(m => m.Currency, m => m.Amount).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Money(g.Key, g.Sum()))];

    private static IReadOnlyList<Entry> Entries(RunManifest manifest, IEnumerable<Difference> differences) =>
        [.. differences.Select(d => new Entry(
            d.Key.ToString(), d.Key.Parts, d.CreatedAt, d.UpdatedAt, d.Region, d.Epoch, d.Currency, d.SourceAmount, d.TargetAmount, d.Items,
            d.Source, d.Target, d.Changes, d.Notes, Advice.For(d, manifest.Boundary.IsAssumed).Action, Advice.For(d, manifest.Boundary.IsAssumed).Reason))];

    private static Evidence Evidence(RunManifest manifest, ReportInput input, List<RangeEvidence> ranges, double waited)
    {
        IReadOnlyList<ComparedTable> tables = [manifest.Tables.Root, .. manifest.Tables.Children];
        return new(
            input.SnapshotId,
            input.SnapshotArn,
            input.CopiedSnapshotId,
            input.RestoredClusterId,
            manifest.Source,
            manifest.Target,
            manifest.Hash,
            RowHash.Named(manifest.Hash).Odds,
            [.. tables.Select((t, i) => new TableEvidence(
                t.Name,
                [.. t.Columns.Select(c => c.Name)],
                ranges.Sum(r => r.Source.Tables[i].Rows + (r.LeftOut?.SourceRows[i] ?? 0)),
                ranges.Sum(r => r.Target.Tables[i].Rows + (r.LeftOut?.TargetRows[i] ?? 0))))],
            manifest.Tables.Drift,
            manifest.Tables.Notes,
            Math.Round(waited, 1),
            ranges.Count,
            ranges.Count(r => !r.Equal || r.LeftOut is not null),
            RangeProofs.Of(ranges));
    }
}
