using System.Globalization;
using System.Text;

namespace Shop.Reconciliation.Reports.Html;

/// <summary>The whole key space as a strip: where it was proved equal, and where it differs.</summary>
internal static class Coverage
{
    private const double Width = 960;
    private const int Height = 34;

    public static void Write(StringBuilder page, Report report)
    {
        // From the smallest key to the greatest, as people read.
        var ranges = report.Evidence.Ranges.Reverse().Select(r => (Rows: Math.Max(1, Math.Max(r.OldRows[0], r.NewRows[0]) + r.LeftOut), IsEqual: r is { Equal: true, LeftOut: 0 })).ToList();
        if (ranges.Count == 0)
        {
            return;
        }

        var all = (double)ranges.Sum(r => r.Rows);
        page.Append(CultureInfo.InvariantCulture, $"""
            <figure>
            <figcaption>All keys, as compared</figcaption>
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="strip-title strip-text">
            <title id="strip-title">The key space of {Text.Of(report.Noun)}s</title>
            <desc id="strip-text">{Text.Number(report.Evidence.RangesCompared)} key ranges were compared, {Text.Number(report.Evidence.RangesDiffering)} of them differ.</desc>

            """);
        var x = 0d;
        foreach (var (rows, isEqual) in ranges)
        {
            var width = rows / all * Width;
            // A range that differs must be seen, however small it is.
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(isEqual ? "same" : "differs")}\" x=\"{x:0.##}\" y=\"{(isEqual ? 6 : 0)}\" width=\"{Math.Max(width, isEqual ? 0 : 2):0.##}\" height=\"{(isEqual ? 22 : 34)}\"/>\n");
            x += width;
        }

        page.Append(CultureInfo.InvariantCulture, $"""
            </svg>
            <p class="legend"><span class="swatch same"></span>proved equal <span class="swatch differs"></span>differs, opened and listed · smallest key left, greatest right</p>
            </figure>

            """);
    }
}
