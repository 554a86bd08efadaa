using System.Globalization;
using Shop.Lambda;

namespace Shop.Reconciliation.Comparing;

/// <summary>Times as the servers write them, without an offset: UTC if nothing else is said.</summary>
internal static class SqlTime
{
    private const string Text = "yyyy-MM-dd HH:mm:ss.ffffff";

    public static DateTimeOffset? Parse(string? text, string? zone = null)
    {
        if (zone is null)
        {
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
        }

        // Of the hour that clocks go through twice a year, the second time.
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, Zone(zone).GetUtcOffset(local)).ToUniversalTime()
            : null;
    }

    public static string Format(DateTimeOffset time, string? zone = null) =>
        (zone is null ? time.UtcDateTime : TimeZoneInfo.ConvertTime(time, Zone(zone)).DateTime).ToString(Text, CultureInfo.InvariantCulture);

    /// <summary>A server's time as the report writes it (RFC 3339), or the text itself when it is none.</summary>
    public static string? ToReport(string? text) => Parse(text) is { } time ? Iso(time) : text;

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>+02:00</c>, or a name such as <c>Europe/Vienna</c>.</summary>
    public static TimeZoneInfo Zone(string name)
    {
        if (name is ['+' or '-', ..] && TimeSpan.TryParseExact(name.AsSpan(1), "hh\\:mm", CultureInfo.InvariantCulture, out var offset) && offset <= TimeSpan.FromHours(14))
        {
            return TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new ShopException("Shop.InvalidPlan", $"There is no time zone '{name}'; expected an offset such as +02:00, or a name such as Europe/Vienna.");
    }
}
