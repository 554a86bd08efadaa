namespace Shop.Ui.Pictures;

internal static class Clocks
{
    public static string Desk(Palette p, Draws draws) => $"""
        <path d="M120 340l-14 30h36l8-30zM280 340l14 30h-36l-8-30z" fill="{p.StrapDark}"/>
        {(draws.Next(2) == 0
            ? $"<path d=\"M80 350V180a120 120 0 0 1 240 0v170z\" fill=\"{p.Strap}\"/>"
            : $"<circle cx=\"200\" cy=\"215\" r=\"145\" fill=\"{p.Strap}\"/><path d=\"M120 80a34 34 0 0 1 52-30zM280 80a34 34 0 0 0-52-30z\" fill=\"{p.MetalDark}\"/>")}
        <circle cx="200" cy="205" r="112" fill="{p.MetalDark}"/><circle cx="200" cy="205" r="104" fill="{p.Dial}"/>
        {Dial.Marks(200, 205, 94, p.Ink, everyMinute: true)}{Dial.Numerals(200, 205, 94, p.Ink)}{Dial.Hands(200, 205, 94, p.Ink, p.Accent)}
        """;

    public static string Pocket(Palette p, Draws draws) => $"""
        <path d="M200 96C150 20 90 40 60 90S40 200 24 250" fill="none" stroke="{p.MetalDark}" stroke-width="7" stroke-dasharray="10 6" stroke-linecap="round"/>
        <circle cx="200" cy="84" r="22" fill="none" stroke="{p.MetalDark}" stroke-width="9"/><rect x="186" y="96" width="28" height="22" rx="5" fill="{p.Metal}"/>
        <circle cx="200" cy="232" r="128" fill="{p.MetalDark}"/><circle cx="200" cy="232" r="122" fill="{p.Metal}"/><circle cx="200" cy="232" r="102" fill="{p.Dial}"/>
        {Dial.Marks(200, 232, 94, p.Ink, everyMinute: true)}{(draws.Next(2) == 0 ? Dial.Numerals(200, 232, 94, p.Ink) : "")}
        <circle cx="200" cy="276" r="22" fill="none" stroke="{p.Ink}" stroke-width="2"/>{Dial.Hands(200, 232, 94, p.Ink, p.Accent)}
        """;
}
