using System.Text.Json;

namespace Shop.Reconciliation.Reports;

/// <summary>A line per difference, for lists that no program wants to read as one document: its class, and the entry as the report has it.</summary>
internal static class ReportNdjson
{
    public static byte[] Write(Report report)
    {
        using var content = new MemoryStream();
        foreach (var (name, entries) in report.Classes)
        {
            foreach (var entry in entries)
            {
                content.Write(JsonSerializer.SerializeToUtf8Bytes(new NdjsonEntry(name, entry), RJson.Default.NdjsonEntry));
                content.WriteByte((byte)'\n');
            }
        }

        return content.ToArray();
    }
}

public sealed record NdjsonEntry(string Class, Entry Entry);
