namespace Shop.Ui.Pictures;

/// <summary>The band, above and below the case. It runs off the picture, as on a wrist.</summary>
internal static class Bands
{
    private const string Tapered = "M146 -10h108l-7 128h-94zM153 282h94l7 128h-108z";
    private const string Straight = "M155 -10h90v420h-90z";

    public static string Draw(WatchLook look) => look.Band switch
    {
        Band.Leather => $"""
            <path d="{Tapered}" fill="{look.BandColour}"/><path d="{Tapered}" fill="url(#b)"/>
            <path d="M155 -10l6 118M245 -10l-6 118M161 292l-6 118M239 292l6 118" stroke="#fff" stroke-opacity=".45" stroke-width="2" stroke-dasharray="7 5"/>
            {Holes}
            """,
        Band.Canvas => $"""
            <pattern id="w" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 0h3v3H0zM3 3h3v3H3z" fill="#000" fill-opacity=".12"/></pattern>
            <path d="{Tapered}" fill="{look.BandColour}"/><path d="{Tapered}" fill="url(#w)"/><path d="{Tapered}" fill="url(#b)"/>
            {Holes}
            """,
        Band.Nato => $"""
            <path d="{Straight}" fill="{look.BandColour}"/><path d="M186 -10h28v420h-28z" fill="{look.Second}"/><path d="{Straight}" fill="url(#b)"/>
            <path d="M148 322h104v14H148z" fill="url(#m)"/><path d="M148 334h104v3H148z" fill="#000" fill-opacity=".25"/>
            """,
        Band.Rubber => $"""
            <path d="{Tapered}" fill="{look.BandColour}"/><path d="{Tapered}" fill="url(#b)"/>
            <path d="M166 20h68M166 38h68M166 56h68M166 344h68M166 362h68M166 380h68" stroke="#000" stroke-opacity=".28" stroke-width="5" stroke-linecap="round"/>
            """,
        Band.Mesh => $"""
            <pattern id="w" width="7" height="7" patternUnits="userSpaceOnUse"><path d="M0 3.5L3.5 0 7 3.5 3.5 7z" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="1.2"/></pattern>
            <path d="{Straight}" fill="{look.BandColour}"/><path d="{Straight}" fill="url(#w)"/><path d="{Straight}" fill="url(#b)"/>
            """,
        Band.Wood => Links("#8a5a2e", "#a8713d", "#6a421f"),
        _ => Links(look.BandColour, look.Metal.Light, look.Metal.Dark),
    };

    private const string Holes = """<path d="M200 322v.1M200 346v.1M200 370v.1" stroke="#000" stroke-opacity=".4" stroke-width="8" stroke-linecap="round"/>""";

    /// <summary>Three rows of links: the middle one shines.</summary>
    private static string Links(string outer, string middle, string gap) => $"""
        <pattern id="w" width="100" height="24" patternUnits="userSpaceOnUse" x="150">
        <path d="M0 0h100v24H0z" fill="{gap}"/><path d="M0 1h32v22H0zM68 1h32v22H68z" fill="{outer}"/><path d="M34 1h32v22H34z" fill="{middle}"/>
        </pattern>
        <path d="M150 -10h100v420h-100z" fill="url(#w)"/><path d="M150 -10h100v420h-100z" fill="url(#b)"/>
        """;
}
