using System.Globalization;

namespace Shop.Ui.Pictures;

/// <summary>What stands around a centre: ticks as the dashes of one circle, and words.</summary>
internal static class Ring
{
    /// <param name="dash">A tick and a gap, together 1, so that the circle's <paramref name="count"/> parts begin at twelve o'clock.</param>
    public static string Ticks(double radius, double length, int count, string dash, string colour, double cx = 200, double cy = 200)
    {
        var half = double.Parse(dash.Split(' ')[0], CultureInfo.InvariantCulture) / 2;
        return string.Create(CultureInfo.InvariantCulture,
            $"<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{radius}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{length}\" pathLength=\"{count}\" stroke-dasharray=\"{dash}\" stroke-dashoffset=\"{half}\" transform=\"rotate(-90 {cx} {cy})\"/>");
    }

    public static string Words(double radius, double size, string colour, params ReadOnlySpan<string> words) =>
        Words(200, 200, radius, size, colour, "Arial,sans-serif", words);

    /// <summary>The first word stands at twelve o'clock, the others clockwise.</summary>
    public static string Words(double cx, double cy, double radius, double size, string colour, string font, params ReadOnlySpan<string> words)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"<g fill=\"{colour}\" font-family=\"{font}\" font-size=\"{size}\" font-weight=\"700\" text-anchor=\"middle\">");
        for (var i = 0; i < words.Length; i++)
        {
            var degrees = i * 360.0 / words.Length;
            var (x, y) = At(cx, cy, radius, degrees);
            // Words of more than two letters lean with the ring; figures stand upright.
            var lean = words[i].Length > 2 ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate({(degrees is > 90 and < 270 ? degrees - 180 : degrees):0.#} {x:0.#} {y:0.#})\"") : "";
            text += string.Create(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y + size * .36:0.#}\"{lean}>{words[i]}</text>");
        }

        return text + "</g>";
    }

    public static (double X, double Y) At(double cx, double cy, double radius, double degrees) =>
        (cx + radius * Math.Sin(degrees * Math.PI / 180), cy - radius * Math.Cos(degrees * Math.PI / 180));
}
