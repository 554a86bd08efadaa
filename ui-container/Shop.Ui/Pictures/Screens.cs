namespace Shop.Ui.Pictures;

/// <summary>What tells the time on a screen.</summary>
internal static class Screens
{
    private static readonly WatchLook Black = new(Ground.Mist, Metal.Black, Band.Rubber, "#23282d", "", "", "#e2622b");

    public static Drawing Smart { get; } = new(Ground.Blush, Metal.Steel, Bands.Draw(Black with { BandColour = "#e9e4da" }) + Body("#0f1317") + """
        <text x="200" y="176" font-family="Arial,sans-serif" font-size="46" font-weight="700" text-anchor="middle" fill="#fff">10:09</text>
        <text x="200" y="198" font-family="Arial,sans-serif" font-size="14" text-anchor="middle" fill="#9fb0bb">Porridge, probably</text>
        <g fill="none" stroke-width="8" stroke-linecap="round"><circle cx="200" cy="248" r="32" stroke="#3a2226"/><circle cx="200" cy="248" r="21" stroke="#21332a"/><circle cx="200" cy="248" r="10" stroke="#1d2b3d"/>
        <path d="M200 216a32 32 0 1 1 -30 21" stroke="#ff5a4d"/><path d="M200 227a21 21 0 0 1 8 40" stroke="#5bd68a"/><path d="M200 238a10 10 0 1 1 -10 10" stroke="#58a6ff"/></g>
        """);

    public static Drawing Fitness { get; } = new(Ground.Sage, Metal.Black, Bands.Draw(Black with { BandColour = "#b8d832" }) + Body("#11161a") + """
        <path d="M122 214h34l10 -26 16 54 14 -70 14 58 10 -16h58" fill="none" stroke="#c7ef3a" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"/>
        <text x="200" y="152" font-family="Arial,sans-serif" font-size="34" font-weight="700" text-anchor="middle" fill="#fff">138</text>
        <text x="200" y="272" font-family="Arial,sans-serif" font-size="15" text-anchor="middle" fill="#9fb0bb">10:09  5.2 km</text>
        """);

    public static Drawing Paper { get; } = new(Ground.Stone, Metal.Black, Bands.Draw(Black with { BandColour = "#4a4f52", Band = Band.Leather }) + """
        <rect x="312" y="188" width="14" height="24" rx="4" fill="#1c2125"/><rect x="92" y="104" width="216" height="208" rx="26" fill="#000" opacity=".14"/>
        <rect x="92" y="96" width="216" height="208" rx="26" fill="url(#m)"/><rect x="106" y="110" width="188" height="180" rx="12" fill="#e7e5dc"/>
        <text x="122" y="182" font-family="Georgia,serif" font-size="58" fill="#23282d">10:09</text>
        <path d="M122 204h156M122 222h156M122 240h112" stroke="#23282d" stroke-opacity=".35" stroke-width="7"/>
        <path d="M122 268h.1M134 268h.1M146 268h.1" stroke="#23282d" stroke-width="7" stroke-linecap="round"/><text x="278" y="274" font-family="Georgia,serif" font-size="16" text-anchor="end" fill="#23282d">p. 42</text>
        """);

    public static Drawing Pace { get; } = new(Ground.Straw, Metal.Black, """
        <path d="M162 -10h76v420h-76z" fill="#1f6f8b"/><path d="M162 -10h76v420h-76z" fill="url(#b)"/><path d="M200 330v.1M200 352v.1M200 374v.1M200 22v.1M200 44v.1" stroke="#0d3a4a" stroke-width="9" stroke-linecap="round"/>
        <rect x="150" y="92" width="100" height="224" rx="44" fill="#000" opacity=".16"/><rect x="150" y="84" width="100" height="224" rx="44" fill="#161b1f"/><rect x="156" y="90" width="88" height="212" rx="38" fill="#0c1013"/>
        <text x="200" y="150" font-family="Arial,sans-serif" font-size="28" font-weight="700" text-anchor="middle" fill="#fff">10:09</text>
        <g fill="none" stroke-width="9" stroke-linecap="round"><circle cx="200" cy="206" r="28" stroke="#17333d"/><path d="M200 178a28 28 0 1 1 -27 36" stroke="#36c5f0"/></g>
        <text x="200" y="212" font-family="Arial,sans-serif" font-size="16" font-weight="700" text-anchor="middle" fill="#d7f3fd">72%</text>
        <path d="M200 274c-16 -10 -20 -18 -14 -24 5 -5 11 -2 14 3 3 -5 9 -8 14 -3 6 6 2 14 -14 24z" fill="#ff5a4d"/>
        """);

    private static string Body(string screen) => $"""
        <rect x="306" y="172" width="14" height="40" rx="6" fill="url(#m)"/><rect x="98" y="98" width="204" height="220" rx="58" fill="#000" opacity=".14"/>
        <rect x="98" y="90" width="204" height="220" rx="58" fill="url(#m)"/><rect x="108" y="100" width="184" height="200" rx="48" fill="{screen}"/>
        """;
}
