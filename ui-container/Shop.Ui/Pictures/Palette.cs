namespace Shop.Ui.Pictures;

/// <summary>The colours of one picture, chosen by the product's name.</summary>
internal sealed record Palette(string Ground, string Metal, string MetalDark, string Dial, string Ink, string Strap, string StrapDark, string Accent)
{
    private static readonly (string Metal, string Dark)[] Metals =
        [("#c9ced3", "#8d959d"), ("#d9b36a", "#a57f35"), ("#b0765a", "#7d4d36"), ("#5a6068", "#363b41")];

    private static readonly (string Dial, string Ink)[] Dials =
        [("#f6f3ec", "#2b2b2b"), ("#1d2b3a", "#f2ead8"), ("#0f3d3e", "#f2ead8"), ("#26282b", "#eeeeee"), ("#efe3c8", "#4a3320"), ("#7a1f2b", "#f7e9e0")];

    private static readonly (string Strap, string Dark)[] Straps =
        [("#5b4636", "#3d2e23"), ("#2c2f33", "#191b1d"), ("#8a5a33", "#633f22"), ("#41566b", "#2c3c4c"), ("#5f6b4a", "#434c33"), ("#9aa1a8", "#747b82")];

    private static readonly string[] Accents = ["#d1495b", "#edae49", "#00a6a6", "#e07a3f", "#6a8ed0"];

    public static Palette For(string name, Draws draws)
    {
        var (metal, dark) = draws.Pick(Metals);
        var (dial, ink) = draws.Pick(Dials);
        var (strap, strapDark) = draws.Pick(Straps);
        if (name.Contains("wood", StringComparison.Ordinal))
        {
            (metal, dark, dial, ink, strap, strapDark) = ("#a9713d", "#6e4521", "#d9ad76", "#3f2712", "#7f5229", "#5b3919");
        }

        var hue = draws.Next(360);
        return new Palette($"hsl({hue} 30% 90%)", metal, dark, dial, ink, strap, strapDark, draws.Pick(Accents));
    }
}
