using System.Security.Cryptography;
using System.Text;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Replaying;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Reports.Html;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Merges what the comparisons left into the report. A group that is absent or altered is an error, never a shorter report.</summary>
/// <param name="files">Where the run's files are.</param>
/// <param name="time">Says when the report was made.</param>
/// <param name="keysOf">Where a run has its files, if not where the functions keep them.</param>
internal sealed class ReportTask(IReportFiles files, TimeProvider time, Func<ReportInput, RunKeys>? keysOf = null)
{
    public async Task<ReportOutput> RunAsync(ReportInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = keysOf?.Invoke(input) ?? new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var groups = new List<GroupResult>();
        var versions = new List<VersionResult>();
        var differences = new List<Difference>();
        foreach (var group in manifest.Groups)
        {
            var (found, compared) = await RunResults.ReadAsync(files, keys, group, input.Until, cancellationToken);
            if (found.Result is not null)
            {
                versions.Add(found.Result);
            }

            if (compared.Result is not null)
            {
                groups.Add(compared.Result);
            }

            differences.AddRange(found.Differences);
            differences.AddRange(compared.Differences);
        }

        var report = ReportBuilder.Build(manifest, versions, groups, differences, input, time.GetUtcNow());
        await WriteAsync(report, MissingKeys.Write(manifest, differences), keys, cancellationToken);
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

    private async Task WriteAsync(Report report, byte[] missingKeys, RunKeys keys, CancellationToken cancellationToken)
    {
        var sums = new StringBuilder();
        foreach (var (name, entries) in report.Classes)
        {
            await AddAsync(keys.Csv(name), "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(ReportCsv.Write(report, entries)));
            await AddAsync(keys.Csv($"{name}-{report.ItemNoun}s"), "text/csv; charset=utf-8", Encoding.UTF8.GetBytes(ReportCsv.WriteItems(entries)));
        }

        await AddAsync(keys.Ndjson, "application/x-ndjson", ReportNdjson.Write(report));
        await AddAsync(keys.MissingKeys, "application/x-ndjson", missingKeys);
        await AddAsync(keys.Markdown, "text/markdown; charset=utf-8", Encoding.UTF8.GetBytes(ReportMarkdown.Write(report)));
        await AddAsync(keys.Html, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(ReportHtml.Write(report)));
        var json = ReportHash.Write(report);
        Sum(keys.Report, json);
        await PutAsync(keys.Sums, "text/plain", Encoding.UTF8.GetBytes(sums.ToString()));
        // Last: who finds it finds the rest as well.
        await PutAsync(keys.Report, "application/json", json);

        Task AddAsync(string key, string contentType, byte[] bytes)
        {
            Sum(key, bytes);
            return PutAsync(key, contentType, bytes);
        }

        async Task PutAsync(string key, string contentType, byte[] bytes)
        {
            using var content = new MemoryStream(bytes);
            await files.PutAsync(key, content, contentType, cancellationToken);
        }

        void Sum(string key, byte[] bytes) =>
            sums.Append(Convert.ToHexStringLower(SHA256.HashData(bytes))).Append("  ").Append(key[keys.Prefix.Length..]).Append('\n');
    }
}
