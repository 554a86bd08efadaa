using System.Globalization;

namespace Shop.Reconciliation.Storage;

/// <summary>The keys of one run's files.</summary>
internal sealed record RunKeys(string Database, string RunId)
{
    public string Prefix => $"reconciliation/{Database}/{RunId}/";

    public string Manifest => $"{Prefix}plan.json";

    public string Tail => $"{Prefix}tail.ndjson";

    public string Report => $"{Prefix}report.json";

    public string Html => $"{Prefix}report.html";

    public string Group(int group) => $"{Prefix}compare/{Number(group)}.json";

    public string Differences(int group) => $"{Prefix}compare/{Number(group)}.ndjson";

    public string Csv(string name) => $"{Prefix}{name}.csv";

    private static string Number(int group) => group.ToString("000", CultureInfo.InvariantCulture);
}
