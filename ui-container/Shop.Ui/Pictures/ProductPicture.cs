namespace Shop.Ui.Pictures;

/// <summary>Draws a product by its name: the words decide what it is, the rest of the name decides shape and colours.</summary>
internal static class ProductPicture
{
    private static readonly (string[] Words, Func<Palette, Draws, string> Draw)[] Kinds =
    [
        (["tool", "kit"], (p, _) => Accessories.Tool(p)),
        (["strap", "nato"], (p, _) => Accessories.Strap(p)),
        (["box", "case", "roll", "winder"], (p, _) => Accessories.Box(p)),
        (["ring"], (p, _) => Accessories.Ring(p)),
        (["clock", "mantel", "alarm", "chimes"], Clocks.Desk),
        (["pocket", "railway", "repeater"], Clocks.Pocket),
        (["band", "smart", "ink", "runner", "fitness"], (p, d) => Watches.Digital(p, d)),
        (["chrono", "lap", "timer", "tourbillon", "perpetual"], (p, d) => Watches.Analogue(p, d, subdials: true, bezel: false)),
        (["diver", "trail", "summit", "compass", "world"], (p, d) => Watches.Analogue(p, d, subdials: false, bezel: true)),
    ];

    public static string Draw(string name)
    {
        var draws = new Draws(name);
        var palette = Palette.For(name, draws);
        var words = name.ToLowerInvariant().Split('_', '-');
        var kind = Kinds.FirstOrDefault(k => k.Words.Any(words.Contains)).Draw
            ?? ((p, d) => Watches.Analogue(p, d, subdials: false, bezel: false));
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">
            <rect width="400" height="400" fill="{palette.Ground}"/>
            <ellipse cx="200" cy="372" rx="110" ry="10" fill="#000" opacity=".08"/>
            {kind(palette, draws)}
            </svg>
            """;
    }
}
