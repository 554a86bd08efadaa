namespace Shop.Ui.Pictures;

internal static class Watches
{
    public static string Analogue(Palette p, Draws draws, bool subdials, bool bezel)
    {
        var shape = bezel || subdials ? 0 : draws.Next(4);
        var numerals = draws.Next(2) == 0 && !subdials;
        return $"""
            {StrapAround(p)}
            {(shape == 3 ? Square(p) : Round(p, bezel))}
            <rect x="{(shape == 3 ? 296 : 312)}" y="189" width="18" height="22" rx="4" fill="{p.MetalDark}"/>
            {Dial.Marks(200, 200, 84, p.Ink, everyMinute: subdials || bezel)}
            {(numerals ? Dial.Numerals(200, 200, 84, p.Ink) : "")}
            {(subdials ? Subdial(p, 165, 200) + Subdial(p, 235, 200) + Subdial(p, 200, 242) : Window(p, draws))}
            {Dial.Hands(200, 200, 84, p.Ink, p.Accent)}
            """;
    }

    public static string Digital(Palette p, Draws draws)
    {
        var screen = draws.Next(2) == 0 ? (X: 118, W: 164) : (X: 132, W: 136);
        var hour = 1 + draws.Next(12);
        var rings = string.Concat(Enumerable.Range(0, 3).Select(i =>
            $"""<circle cx="200" cy="248" r="{34 - i * 9}" fill="none" stroke="{(i == 0 ? p.Accent : i == 1 ? "#7bd389" : "#6a8ed0")}" stroke-width="6" stroke-linecap="round" stroke-dasharray="{90 + draws.Next(60) - i * 30} 300" transform="rotate(-90 200 248)"/>"""));
        return $"""
            {StrapAround(p)}
            <rect x="{screen.X - 12}" y="98" width="{screen.W + 24}" height="204" rx="46" fill="{p.MetalDark}"/>
            <rect x="{screen.X}" y="110" width="{screen.W}" height="180" rx="36" fill="#101316"/>
            <text x="200" y="182" font-family="Verdana,sans-serif" font-size="44" font-weight="bold" text-anchor="middle" fill="#f4f4f4">{hour}:{10 + draws.Next(50)}</text>
            {rings}
            """;
    }

    private static string StrapAround(Palette p) => $"""
        <path d="M148 30h104l-8 110h-88z" fill="{p.Strap}"/><path d="M156 260h88l8 110h-104z" fill="{p.Strap}"/>
        <path d="M160 34v90M240 34v90M160 276v90M240 276v90" stroke="{p.StrapDark}" stroke-width="2" stroke-dasharray="7 5"/>
        <path d="M200 312v.1M200 334v.1M200 356v.1" stroke="{p.StrapDark}" stroke-width="9" stroke-linecap="round"/>
        <path d="M150 110h18v34h-18zM232 110h18v34h-18zM150 256h18v34h-18zM232 256h18v34h-18z" fill="{p.MetalDark}"/>
        """;

    private static string Round(Palette p, bool bezel) => $"""
        <circle cx="200" cy="200" r="114" fill="{p.MetalDark}"/><circle cx="200" cy="200" r="109" fill="{(bezel ? p.StrapDark : p.Metal)}"/>
        {(bezel ? $"<circle cx=\"200\" cy=\"200\" r=\"101\" fill=\"none\" stroke=\"{p.Metal}\" stroke-width=\"6\" stroke-dasharray=\"3 23.4\"/><path d=\"M200 92l7 13h-14z\" fill=\"{p.Accent}\"/>" : "")}
        <circle cx="200" cy="200" r="93" fill="{p.Dial}"/>
        """;

    private static string Square(Palette p) => $"""
        <rect x="92" y="92" width="216" height="216" rx="30" fill="{p.MetalDark}"/><rect x="97" y="97" width="206" height="206" rx="27" fill="{p.Metal}"/>
        <rect x="108" y="108" width="184" height="184" rx="18" fill="{p.Dial}"/>
        """;

    private static string Subdial(Palette p, int x, int y) => $"""
        <circle cx="{x}" cy="{y}" r="20" fill="{p.Ink}" opacity=".12"/><circle cx="{x}" cy="{y}" r="20" fill="none" stroke="{p.Ink}" stroke-width="1.5"/>
        <path d="M{x} {y}l8 -13" stroke="{p.Accent}" stroke-width="2"/>
        """;

    private static string Window(Palette p, Draws draws) => $"""
        <rect x="236" y="189" width="26" height="22" rx="3" fill="#fff" stroke="{p.Ink}"/>
        <text x="249" y="206" font-family="Verdana,sans-serif" font-size="15" text-anchor="middle" fill="#222">{1 + draws.Next(28)}</text>
        """;
}
