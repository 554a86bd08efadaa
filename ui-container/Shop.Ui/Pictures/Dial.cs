using System.Globalization;
using System.Text;

namespace Shop.Ui.Pictures;

/// <summary>The parts of a dial. The hands stand at ten past ten, as they do in every shop window.</summary>
internal static class Dial
{
    public static string Marks(double cx, double cy, double radius, string ink, bool everyMinute)
    {
        var marks = new StringBuilder();
        for (var minute = 0; minute < 60; minute += everyMinute ? 1 : 5)
        {
            var isHour = minute % 5 == 0;
            var (x1, y1) = At(cx, cy, radius, minute * 6);
            var (x2, y2) = At(cx, cy, radius * (isHour ? .86 : .94), minute * 6);
            marks.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.#} {y1:0.#}L{x2:0.#} {y2:0.#}\" stroke=\"{ink}\" stroke-width=\"{(isHour ? 4 : 1.5)}\"/>");
        }

        return marks.ToString();
    }

    public static string Numerals(double cx, double cy, double radius, string ink)
    {
        var text = new StringBuilder();
        foreach (var hour in (int[])[12, 3, 6, 9])
        {
            var (x, y) = At(cx, cy, radius * .68, hour * 30);
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{y + radius * .1:0.#}\" font-family=\"Georgia,serif\" font-size=\"{radius * .3:0.#}\" text-anchor=\"middle\" fill=\"{ink}\">{hour}</text>");
        }

        return text.ToString();
    }

    public static string Hands(double cx, double cy, double radius, string ink, string accent) =>
        Hand(cx, cy, radius * .5, 305, ink, 6) + Hand(cx, cy, radius * .76, 60, ink, 4) + Hand(cx, cy, radius * .8, 180, accent, 1.5)
        + string.Create(CultureInfo.InvariantCulture, $"<circle cx=\"{cx}\" cy=\"{cy}\" r=\"5\" fill=\"{accent}\"/>");

    private static string Hand(double cx, double cy, double length, double degrees, string colour, double width)
    {
        var (x, y) = At(cx, cy, length, degrees);
        return string.Create(CultureInfo.InvariantCulture, $"<path d=\"M{cx} {cy}L{x:0.#} {y:0.#}\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linecap=\"round\"/>");
    }

    private static (double X, double Y) At(double cx, double cy, double radius, double degrees) =>
        (cx + radius * Math.Sin(degrees * Math.PI / 180), cy - radius * Math.Cos(degrees * Math.PI / 180));
}
