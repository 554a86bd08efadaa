using System.Text.Json;
using Shop.Nemesis.Checking;
using Shop.Nemesis.Rows;
using Shop.Nemesis.Running;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Reporting;

/// <summary>artifacts/nemesis: a file a row, and the report that is drawn from them.</summary>
internal static class ResultFolder
{
    private static string Folder => Path.Combine(Workspace.Find().Artifacts, "nemesis");

    public static string Page => Path.Combine(Folder, "nemesis.html");

    public static void Keep(RowResult result)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "rows")).FullName;
        File.WriteAllText(Path.Combine(folder, $"{result.Id}.json"), JsonSerializer.Serialize(result, ResultJson.Default.RowResult));
    }

    /// <summary>Removes all rows but these.</summary>
    public static void Forget(IEnumerable<string> but)
    {
        var kept = but.ToHashSet();
        foreach (var file in Directory.GetFiles(Path.Combine(Folder, "rows"), "*.json").Where(f => !kept.Contains(Path.GetFileNameWithoutExtension(f))))
        {
            File.Delete(file);
        }
    }

    public static NemesisReport Write(string commit)
    {
        var rows = Path.Combine(Folder, "rows");
        var results = (Directory.Exists(rows) ? Directory.GetFiles(rows, "*.json") : [])
            .Select(f => JsonSerializer.Deserialize(File.ReadAllText(f), ResultJson.Default.RowResult)!)
            .Where(r => Matrix.All.Any(m => m.Id == r.Id))
            .OrderBy(r => Matrix.All.Select(m => m.Id).ToList().IndexOf(r.Id)).ToList();
        var report = new NemesisReport(
            TimeProvider.System.GetUtcNow(), commit, results.Count, Count(RowStatus.Passed), Count(RowStatus.Deviates), Count(RowStatus.Failed), Count(RowStatus.NotInjected),
            results.Sum(r => r.Judgements.Count(j => j.Truth == Truth.Invalid)), results);
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "nemesis.json"), JsonSerializer.Serialize(report, ResultJson.Default.NemesisReport));
        File.WriteAllText(Page, ReportPage.Of(report));
        return report;

        int Count(RowStatus status) => results.Count(r => r.Status == status);
    }
}
