using System.Globalization;

namespace Shop.Reconciliation.Comparing;

/// <summary>Times as the servers write them: UTC, without an offset.</summary>
internal static class SqlTime
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>A server's time as the report writes it (RFC 3339), or the text itself when it is none.</summary>
    public static string? ToReport(string? text) => Parse(text) is { } time ? Iso(time) : text;

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
