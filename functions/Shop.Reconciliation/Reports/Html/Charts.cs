using System.Globalization;
using System.Text;
using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>When the differences were written, stacked by class, with the moments of the incident.</summary>
internal static class Charts
{
    private const int Width = 960;
    private const int Height = 250;
    private const int Base = 216;
    private const int Top = 56;
    private const int Left = 48;
    private const int Right = 20;

    public static void Write(StringBuilder page, Report report)
    {
        if (report.Histogram is not { } histogram)
        {
            return;
        }

        var steps = histogram.Missing.Count;
        var tallest = Enumerable.Range(0, steps).Max(i => histogram.Missing[i] + histogram.Changed[i] + histogram.Resurrected[i]);
        var to = histogram.From.AddSeconds(histogram.StepSeconds * steps);
        page.Append(CultureInfo.InvariantCulture, $"""
            <figure>
            <figcaption>When they were written</figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="chart-title chart-text">
            <title id="chart-title">Differing {Text.Of(report.Noun)}s over time</title>
            <desc id="chart-text">{Text.Number(report.Totals.Missing.Count)} missing, {Text.Number(report.Totals.Changed.Count)} changed and {Text.Number(report.Totals.Resurrected.Count)} resurrected between {SqlTime.Iso(histogram.From)} and {SqlTime.Iso(to)}; at most {tallest} in {Text.Decimal(histogram.StepSeconds)} seconds.</desc>

            """);
        foreach (var share in (double[])[0.5, 1])
        {
            var y = Base - ((Base - Top) * share);
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\"/><text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{tallest * share:0.#}</text>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{Left}\" y1=\"{Base}\" x2=\"{Width - Right}\" y2=\"{Base}\"/><text x=\"{Left - 8}\" y=\"{Base + 4}\" text-anchor=\"end\">0</text>\n");
        Bars(page, histogram, tallest);
        Marks(page, report, histogram.From, to);
        page.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Left}" y="{Base + 20}">{Moment(histogram.From, to)}</text><text x="{Width - Right}" y="{Base + 20}" text-anchor="end">{Moment(to, histogram.From)} UTC</text>
            </svg>
            <p class="legend"><span class="swatch missing"></span>missing <span class="swatch changed"></span>changed <span class="swatch resurrected"></span>resurrected · a bar is {Text.Decimal(histogram.StepSeconds)} s; what is older stands at the left end</p>
            </figure>

            """);
    }

    private static void Bars(StringBuilder page, Histogram histogram, int tallest)
    {
        var step = (Width - Left - Right) / (double)histogram.Missing.Count;
        for (var i = 0; i < histogram.Missing.Count; i++)
        {
            double y = Base;
            foreach (var (name, counts) in new[] { ("missing", histogram.Missing), ("changed", histogram.Changed), ("resurrected", histogram.Resurrected) })
            {
                if (counts[i] > 0)
                {
                    var height = Math.Max(2, (Base - Top) * counts[i] / (double)tallest);
                    y -= height;
                    page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{name}\" x=\"{Left + (i * step) + 1:0.#}\" y=\"{y:0.#}\" width=\"{step - 2:0.#}\" height=\"{height:0.#}\"/>\n");
                }
            }
        }
    }

    private static void Marks(StringBuilder page, Report report, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var ((label, at), i) in Moments(report).Where(m => m.At >= from && m.At <= to).OrderBy(m => m.At).Select((m, i) => (m, i)))
        {
            var x = Left + ((at - from) / (to - from) * (Width - Left - Right));
            // Neighbours would write over each other: each label has a line of its own.
            var y = Top - 8 - (14 * (2 - i));
            var anchor = x > Width * 0.75 ? "end" : x < Width * 0.25 ? "start" : "middle";
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"mark\" x1=\"{x:0.#}\" y1=\"{y + 3}\" x2=\"{x:0.#}\" y2=\"{Base + 4}\"/><text class=\"label\" x=\"{x:0.#}\" y=\"{y}\" text-anchor=\"{anchor}\">{label}</text>\n");
        }
    }

    private static IEnumerable<(string Label, DateTimeOffset At)> Moments(Report report)
    {
        if (report.Incident.LastOldWrite is { } last)
        {
            yield return ("last write there", last);
        }

        if (report.Incident.IsAssumed is true)
        {
            yield break;
        }

        yield return ("failover started", report.Incident.FailoverStartedAt);
        if (report.Incident.PromotedAt != report.Incident.FailoverStartedAt)
        {
            yield return ("promoted", report.Incident.PromotedAt);
        }
    }

    /// <summary>With the day when the other end is on another one.</summary>
    private static string Moment(DateTimeOffset time, DateTimeOffset other) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == other.UtcDateTime.Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
