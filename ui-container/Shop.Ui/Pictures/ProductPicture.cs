using System.Collections.Frozen;

namespace Shop.Ui.Pictures;

/// <summary>Draws a product by its name. A name that no one has drawn yet gets a watch whose look is chosen by the name.</summary>
internal static class ProductPicture
{
    private static readonly FrozenDictionary<string, Func<Drawing>> Others = new Dictionary<string, Func<Drawing>>
    {
        ["pocket_watch"] = () => Clocks.Pocket,
        ["railway"] = () => Clocks.Railway,
        ["repeater"] = () => Clocks.Repeater,
        ["station_clock"] = () => Clocks.Station,
        ["mantel_chimes"] = () => Clocks.Mantel,
        ["folding_alarm"] = () => Clocks.Travel,
        ["smart_1"] = () => Screens.Smart,
        ["smart_2"] = () => Screens.Fitness,
        ["e_ink_square"] = () => Screens.Paper,
        ["pace_band"] = () => Screens.Pace,
        ["smart_ring"] = () => Accessories.FingerRing,
        ["watch_box"] = () => Accessories.Box,
        ["leather_strap"] = () => Accessories.Strap,
        ["spring_bar_tool"] = () => Accessories.Tool,
    }.ToFrozenDictionary();

    public static string Draw(string name) => Frame(Others.TryGetValue(name, out var other) ? other() : Watch(Looks.For(name)));

    private static Drawing Watch(WatchLook look) => new(look.Ground, look.Metal, string.Concat(
        Bands.Draw(look), Cases.Draw(look), look.Extra == Extra.Blocks ? Complications.Draw(look) : "", Faces.MarksOf(look),
        look.Extra == Extra.Blocks ? "" : Complications.Draw(look), Faces.HandsOf(look), Glass), look.Dial);

    /// <summary>By night the ground is dark and what is painted with lume glows. A viewer whose policy forbids the style sees it by day.</summary>
    private static string Frame(Drawing drawing) => $$$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
        <style>@media(prefers-color-scheme:dark){.g{fill:{{{drawing.Ground.Night}}}}.lume{fill:#aef5c8}.lume-line{stroke:#aef5c8}}</style>
        <defs><linearGradient id="m" x1="0" y1="0" x2="1" y2="1"><stop stop-color="{{{drawing.Metal.Light}}}"/><stop offset=".5" stop-color="{{{drawing.Metal.Mid}}}"/><stop offset="1" stop-color="{{{drawing.Metal.Dark}}}"/></linearGradient>
        <radialGradient id="l" cx=".35" cy=".25" r=".9"><stop stop-color="#fff" stop-opacity=".28"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".22"/></radialGradient>
        <linearGradient id="b"><stop stop-color="#000" stop-opacity=".3"/><stop offset=".22" stop-opacity="0"/><stop offset=".7" stop-color="#fff" stop-opacity=".1"/><stop offset="1" stop-opacity=".3"/></linearGradient>
        <pattern id="d" width="1" height="1" patternContentUnits="objectBoundingBox"><path d="M0 0h1v1H0z" fill="{{{drawing.Dial}}}"/><path d="M0 0h1v1H0z" fill="url(#l)"/></pattern></defs>
        <path class="g" d="M0 0h400v400H0z" fill="{{{drawing.Ground.Day}}}"/>
        {{{drawing.Shapes}}}
        </svg>
        """;

    private const string Glass = """<path d="M128 176a76 76 0 0 1 62 -52" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="5" stroke-linecap="round"/>""";
}
