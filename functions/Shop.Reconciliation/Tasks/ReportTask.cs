using System.Text;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Reports.Html;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Merges what the comparisons left into the report. A group that is absent or altered is an error, never a shorter report.</summary>
internal sealed class ReportTask(IReportFiles files, TimeProvider time)
{
    public async Task<ReportOutput> RunAsync(ReportInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var groups = new List<GroupResult>();
        var versions = new List<VersionResult>();
        var differences = new List<Difference>();
        foreach (var group in manifest.Groups)
        {
            var result = await files.GetJsonAsync(keys.Group(group.Group), RJson.Default.GroupResult, cancellationToken);
            RequireWhole(group, result.Ranges.Select(r => r.Range));
            groups.Add(result);
            differences.AddRange(await DifferenceFile.ReadAsync(
                files, keys.Differences(group.Group), result.Differences, result.Digest, cancellationToken));
            if (await files.FindJsonAsync(keys.Versions(group.Group), RJson.Default.VersionResult, cancellationToken) is { } found)
            {
                RequireWhole(group, found.Ranges);
                versions.Add(found);
                differences.AddRange(await DifferenceFile.ReadAsync(
                    files, keys.VersionDifferences(group.Group), found.Differences, found.Digest, cancellationToken));
            }
            else if (result.Ranges.Any(r => r.LeftOut is not null))
            {
                throw new ShopException("Shop.EvidenceIncomplete", $"{keys.Versions(group.Group)}, on which group {group.Group} builds, is gone.");
            }
        }

        var report = ReportBuilder.Build(manifest, versions, groups, differences, input, time.GetUtcNow());
        await WriteAsync(report, keys, cancellationToken);
        return new(
            input.RunId,
            input.Database,
            keys.Prefix,
            keys.Report,
            keys.Html,
            keys.Csv("missing"),
            report.Totals.Missing.Count,
            report.Totals.Changed.Count,
            report.Totals.Resurrected.Count,
            report.Totals.Extra.Count,
            report.Totals.Missing.Items,
            report.Totals.Missing.Money,
            report.Totals.Changed.Money,
            report.Completeness.Statement,
            report.ContentHash!);
    }

    private static void RequireWhole(RangeGroup planned, IEnumerable<KeyRange> compared)
    {
        if (!planned.Ranges.SequenceEqual(compared))
        {
            throw new ShopException("Shop.EvidenceIncomplete", $"Group {planned.Group} did not compare the ranges that were planned.");
        }
    }

    private async Task WriteAsync(Report report, RunKeys keys, CancellationToken cancellationToken)
    {
        foreach (var (name, entries) in report.Classes)
        {
            await PutAsync(keys.Csv(name), "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(ReportCsv.Write(report, entries)));
            await PutAsync(keys.Csv($"{name}-{report.ItemNoun}s"), "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(ReportCsv.WriteItems(entries)));
        }

        await PutAsync(keys.Html, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(ReportHtml.Write(report)));
        // Last: who finds it finds the rest as well.
        await PutAsync(keys.Report, "application/json", ReportHash.Write(report));

        async Task PutAsync(string key, string contentType, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            await files.PutAsync(key, content, contentType, cancellationToken);
        }
    }
}
