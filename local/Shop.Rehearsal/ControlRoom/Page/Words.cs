using System.Globalization;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>Times and figures as people read them.</summary>
internal static class Words
{
    public static Html Time(DateTimeOffset at) => Html.Of($"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}">{at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</time>""");

    /// <summary>Goes on counting in the browser while nothing has ended it.</summary>
    public static Html Elapsed(DateTimeOffset from, DateTimeOffset? to, DateTimeOffset now)
    {
        var text = Span((to ?? now) - from);
        return to is null ? Html.Of($"""<span data-since="{from.ToUnixTimeMilliseconds()}">{text}</span>""") : Html.Of($"<span>{text}</span>");
    }

    public static string Span(TimeSpan span) => span.TotalSeconds < 0 ? "0.0 s"
        : span.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalSeconds * 10) / 10:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes}:{span.Seconds:00} min");

    public static string Lag(double? seconds) => seconds switch
    {
        null => "none to lag",
        < 0.1 => "in step",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s behind"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min behind"),
    };

    /// <summary>A mark that is told apart by its shape, beside its colour and its words.</summary>
    public static Html Mark(string kind) => kind switch
    {
        "ok" => new("""<svg class="mark ok" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="8"/><path d="M4.5 8.2 7 10.7 11.6 5.6"/></svg>"""),
        "bad" => new("""<svg class="mark bad" viewBox="0 0 16 16" aria-hidden="true"><path class="shape" d="M5 0h6l5 5v6l-5 5H5l-5-5V5z"/><path d="M5.2 5.2 10.8 10.8M10.8 5.2 5.2 10.8"/></svg>"""),
        "warn" => new("""<svg class="mark warn" viewBox="0 0 16 16" aria-hidden="true"><path class="shape" d="M8 .8 16 15.4H0z"/><path d="M8 5.6V10M8 12.4V12.6"/></svg>"""),
        "move" => new("""<svg class="mark move" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="8"/><path d="M4 8H11.6M8.6 5 11.6 8 8.6 11"/></svg>"""),
        _ => new("""<svg class="mark off" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7"/><path d="M5 8H11"/></svg>"""),
    };
}
