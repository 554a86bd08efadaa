using System.Globalization;

namespace Shop.Reconciliation.Reports;

/// <summary>The report's classes as CSV: a row per aggregate, and beside it a row per item.</summary>
internal static class ReportCsv
{
    private static readonly string[] Leading =
        ["key", "created_at", "updated_at", "region", "epoch", "currency", "old_amount", "new_amount", "items", "changes", "notes"];

    public static string Write(Report report, IReadOnlyList<Entry> entries)
    {
        var csv = new CsvWriter();
        var columns = entries.SelectMany(e => Image(e)?.Root?.Fields ?? []).Select(f => f.Column).Distinct(StringComparer.Ordinal).ToList();
        csv.Line([.. Leading, .. columns]);
        foreach (var entry in entries)
        {
            csv.Line(
            [
                entry.Key, entry.CreatedAt, entry.UpdatedAt, entry.Region, entry.Epoch, entry.Currency,
                Amounts.Plain(entry.OldAmount, report.MoneyMinorDigits),
                Amounts.Plain(entry.NewAmount, report.MoneyMinorDigits),
                entry.Items.ToString(CultureInfo.InvariantCulture),
                string.Join("; ", entry.Changes.Select(Change)),
                string.Join(' ', entry.Notes),
                .. columns.Select(c => Image(entry)?.Root?[c]),
            ]);
        }

        return csv.ToString();
    }

    public static string WriteItems(IReadOnlyList<Entry> entries)
    {
        var csv = new CsvWriter();
        var rows = entries.SelectMany(e => (Image(e)?.Children ?? []).SelectMany(c => c.Rows.Select(r => (e.Key, c.Table, Row: r)))).ToList();
        var columns = rows.SelectMany(r => r.Row.Fields).Select(f => f.Column).Distinct(StringComparer.Ordinal).ToList();
        csv.Line(["key", "table", .. columns]);
        foreach (var (key, table, row) in rows)
        {
            csv.Line([key, table, .. columns.Select(c => row[c])]);
        }

        return csv.ToString();
    }

    private static Comparing.Aggregate? Image(Entry entry) => entry.Old ?? entry.New;

    private static string Change(Comparing.FieldChange change) =>
        $"{change.Table}{(change.Row is null ? "" : $"[{change.Row}]")}.{change.Column}: {change.Source ?? "NULL"} -> {change.Target ?? "NULL"}";
}
