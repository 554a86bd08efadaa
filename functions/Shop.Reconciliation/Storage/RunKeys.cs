using System.Globalization;

namespace Shop.Reconciliation.Storage;

/// <summary>The keys of one run's files.</summary>
internal sealed record RunKeys(string Prefix)
{
    public RunKeys(string database, string runId)
        : this($"reconciliation/{database}/{runId}/")
    {
    }

    public string Manifest => $"{Prefix}plan.json";

    public string Tail => $"{Prefix}tail.ndjson";

    public string Report => $"{Prefix}report.json";

    public string Html => $"{Prefix}report.html";

    public string Markdown => $"{Prefix}report.md";

    public string Ndjson => $"{Prefix}differences.ndjson";

    /// <summary>For <c>sha256sum --check</c>: every file of the report.</summary>
    public string Sums => $"{Prefix}SHA256SUMS";

    public string Versions(int group) => $"{Prefix}versions/{Number(group)}.json";

    public string VersionDifferences(int group) => $"{Prefix}versions/{Number(group)}.ndjson";

    public string Group(int group) => $"{Prefix}compare/{Number(group)}.json";

    public string Differences(int group) => $"{Prefix}compare/{Number(group)}.ndjson";

    /// <summary>What a replay puts back, and what it leaves to a person.</summary>
    public string MissingKeys => $"{Prefix}missing-keys.ndjson";

    public string ReplayBegun(string name) => $"{Prefix}replay/{name}.begun.json";

    public string Replay(string name) => $"{Prefix}replay/{name}.ndjson";

    public string Csv(string name) => $"{Prefix}{name}.csv";

    private static string Number(int group) => group.ToString("0000", CultureInfo.InvariantCulture);
}
