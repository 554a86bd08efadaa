using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>Values on their way into the page.</summary>
internal static class Text
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(string? value) => Encoder.Encode(value ?? "");

    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Decimal(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A moment in UTC, to the millisecond, with the full value for machines.</summary>
    public static string Time(DateTimeOffset? value) => value is not { } time
        ? "<span class=\"none\">unknown</span>"
        : $"<time datetime=\"{Comparing.SqlTime.Iso(time)}\">{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} UTC</time>";

    public static string Time(string? value) => Comparing.SqlTime.Parse(value) is { } time ? Time(time) : Of(value);
}
