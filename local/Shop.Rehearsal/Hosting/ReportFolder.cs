namespace Shop.Rehearsal.Hosting;

/// <summary>Finds reports in a bucket's folder: <c>reconciliation/&lt;database&gt;/&lt;run&gt;/report.json</c>.</summary>
internal static class ReportFolder
{
    /// <summary>The newest report of each database.</summary>
    public static IReadOnlyList<ReportLine> Newest(string bucket)
    {
        var runs = Path.Combine(bucket, "reconciliation");
        return !Directory.Exists(runs) ? [] :
        [
            .. Directory.GetFiles(runs, "report.json", SearchOption.AllDirectories)
                .Select(f => new ReportLine(
                    Directory.GetParent(f)!.Parent!.Name, Path.GetDirectoryName(f)!, new DateTimeOffset(File.GetLastWriteTimeUtc(f), TimeSpan.Zero)))
                .GroupBy(r => r.Database)
                .Select(g => g.MaxBy(r => r.WrittenAt)!)
                .OrderBy(r => r.Database, StringComparer.Ordinal),
        ];
    }

    /// <summary>Copies a report to where it outlives the run. Answers the page to open.</summary>
    public static string Keep(ReportLine report, string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, $"{report.WrittenAt.UtcDateTime:yyyyMMdd-HHmmss}-{report.Database}")).FullName;
        foreach (var file in Directory.GetFiles(report.Folder))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }

        return Path.Combine(target, "report.html");
    }
}
