using System.Globalization;
using System.Text.Json;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>Every report that the Regions' buckets hold, with the figures that decide whether one opens it.</summary>
internal sealed class ReportShelf(IReadOnlyList<string> buckets)
{
    private readonly Dictionary<string, ReportView?> _read = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ReportView> Read()
    {
        lock (_read)
        {
            foreach (var file in buckets.Select(b => Path.Combine(b, "reconciliation")).Where(Directory.Exists)
                .SelectMany(f => Directory.GetFiles(f, "report.json", SearchOption.AllDirectories)))
            {
                if (!_read.ContainsKey(file) && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, "report.html")) && TryRead(file) is { } report)
                {
                    _read[file] = report;
                }
            }

            return [.. _read.Values.OfType<ReportView>().OrderByDescending(r => r.WrittenAt).ThenBy(r => r.Database, StringComparer.Ordinal)];
        }
    }

    /// <summary>Null while it is being written.</summary>
    internal static ReportView? TryRead(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var report = document.RootElement;
            var totals = report.GetProperty("totals");
            var folder = Path.GetDirectoryName(file)!;
            var database = report.GetProperty("database").GetString()!;
            return new ReportView(
                $"{database}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder)))[..10]}",
                database, report.GetProperty("noun").GetString()!, new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero),
                Count(totals, "missing"), Count(totals, "changed"), Count(totals, "resurrected"),
                Money(totals.GetProperty("missing"), report.GetProperty("moneyMinorDigits").GetInt32()),
                report.GetProperty("completeness").GetProperty("statement").GetString()!, folder);
        }
        catch (Exception e) when (e is JsonException or IOException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static long Count(JsonElement totals, string name) => totals.GetProperty(name).GetProperty("count").GetInt64();

    private static string Money(JsonElement total, int minorDigits) => string.Join(", ", total.GetProperty("money").EnumerateArray().Select(m => string.Create(
        CultureInfo.InvariantCulture, $"{(m.GetProperty("amount").GetInt64() / (decimal)Math.Pow(10, minorDigits)).ToString($"N{minorDigits}", CultureInfo.InvariantCulture)} {m.GetProperty("currency").GetString()}")));
}
