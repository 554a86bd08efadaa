using System.Globalization;
using System.Text;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>When the losses happened, as a histogram with the moments of the incident.</summary>
internal static class Charts
{
    private const int Width = 960;
    private const int Height = 240;
    private const int Base = 190;
    private const int Top = 34;
    private const int Left = 44;
    private const int Right = 20;
    private const int Bars = 48;

    public static void Write(StringBuilder page, Report report)
    {
        var losses = report.Missing.Select(e => SqlTime.Parse(e.UpdatedAt ?? e.CreatedAt)).OfType<DateTimeOffset>().Order().ToList();
        if (losses.Count == 0)
        {
            return;
        }

        var scale = Scale.Around([.. losses, .. Moments(report).Select(m => m.At)]);
        var counts = new int[Bars];
        foreach (var loss in losses)
        {
            counts[Math.Min(Bars - 1, (int)(scale.Share(loss) * Bars))]++;
        }

        var tallest = counts.Max();
        page.Append(CultureInfo.InvariantCulture, $"""
            <figure>
            <figcaption>When the missing {Text.Of(report.Noun)}s were written</figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="chart-title chart-text">
            <title id="chart-title">Missing {Text.Of(report.Noun)}s over time</title>
            <desc id="chart-text">{losses.Count} between {SqlTime.Iso(losses[0])} and {SqlTime.Iso(losses[^1])}; at most {tallest} in {Text.Decimal(scale.Seconds / Bars)} seconds.</desc>
            <line class="axis" x1="{Left}" y1="{Base}" x2="{Width - Right}" y2="{Base}"/>
            <text x="{Left - 8}" y="{Top + 18}" text-anchor="end">{tallest}</text><text x="{Left - 8}" y="{Base}" text-anchor="end">0</text>

            """);
        var step = (Width - Left - Right) / (double)Bars;
        for (var i = 0; i < Bars; i++)
        {
            if (counts[i] > 0)
            {
                var height = Math.Max(2, (Base - Top - 14) * counts[i] / (double)tallest);
                page.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{Left + (i * step) + 1:0.#}\" y=\"{Base - height:0.#}\" width=\"{step - 2:0.#}\" height=\"{height:0.#}\" rx=\"1.5\"/>\n");
            }
        }

        Marks(page, report, scale);
        page.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="{Base + 18}">{scale.From.UtcDateTime:HH:mm:ss}</text><text x="{Width - Right}" y="{Base + 18}" text-anchor="end">{scale.To.UtcDateTime:HH:mm:ss} UTC</text>
            </svg>
            </figure>

            """);
    }

    private static void Marks(StringBuilder page, Report report, Scale scale)
    {
        foreach (var ((label, at), i) in Moments(report).OrderBy(m => m.At).Select((m, i) => (m, i)))
        {
            var x = Left + (scale.Share(at) * (Width - Left - Right));
            // Neighbours would write over each other: every other label goes below the axis.
            var y = i % 2 == 0 ? Top - 8 : Base + 36;
            var anchor = x > Width * 0.75 ? "end" : x < Width * 0.25 ? "start" : "middle";
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{x:0.#}\" y1=\"{Top}\" x2=\"{x:0.#}\" y2=\"{Base + 4}\"/><text class=\"label\" x=\"{x:0.#}\" y=\"{y}\" text-anchor=\"{anchor}\">{label}</text>\n");
        }
    }

    private static IEnumerable<(string Label, DateTimeOffset At)> Moments(Report report)
    {
        if (report.Incident.LastOldWrite is { } last)
        {
            yield return ("last write there", last);
        }

        yield return ("failover started", report.Incident.FailoverStartedAt);
        yield return ("promoted", report.Incident.PromotedAt);
    }

    private sealed record Scale(DateTimeOffset From, DateTimeOffset To)
    {
        public double Seconds => (To - From).TotalSeconds;

        public static Scale Around(IReadOnlyList<DateTimeOffset> moments)
        {
            var margin = TimeSpan.FromSeconds(Math.Max(0.5, (moments.Max() - moments.Min()).TotalSeconds * 0.03));
            return new(moments.Min() - margin, moments.Max() + margin);
        }

        public double Share(DateTimeOffset moment) => (moment - From) / (To - From);
    }
}
