using System.Globalization;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.Drill;

/// <summary>The folder of a drill's results: <c>artifacts/drill/&lt;time&gt;</c>, with <c>latest</c> pointing to it.</summary>
internal sealed record DrillFiles(string Folder)
{
    public DrillReports Reports
    {
        get
        {
            var orders = Path.Combine(Folder, "orders");
            return new DrillReports(Path.Combine(orders, "report.json"), Path.Combine(orders, "missing.csv"), Path.Combine(orders, "report.html"));
        }
    }

    public static DrillFiles Create(Workspace workspace, TimeProvider time)
    {
        var drills = Directory.CreateDirectory(Path.Combine(workspace.Artifacts, "drill")).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Environment.ProcessId}");
        Directory.CreateDirectory(Path.Combine(drills, name));
        PointLatestAt(Path.Combine(drills, "latest"), name);
        return new DrillFiles(Path.Combine(drills, name));
    }

    public void KeepReports(RehearsalHost host, string region)
    {
        foreach (var report in host.Reports(region))
        {
            Copy(report.Folder, Path.Combine(Folder, report.Database));
        }
    }

    /// <summary>What the parts said and what the state machines did: the run's own folder is about to be removed.</summary>
    public void KeepLogs(RehearsalHost host)
    {
        foreach (var folder in host.EvidenceFolders)
        {
            Copy(folder, Path.Combine(Folder, Path.GetFileName(folder)));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    private static void PointLatestAt(string link, string name)
    {
        if (new DirectoryInfo(link).LinkTarget is not null)
        {
            Directory.Delete(link);
        }

        Directory.CreateSymbolicLink(link, name);
    }
}
