namespace Shop.Ui.Pictures;

/// <summary>Lugs, crown, case and bezel: all that is metal.</summary>
internal static class Cases
{
    private const string Lugs = "M140 118c0-22 6-36 16-40l10 34zM260 118c0-22-6-36-16-40l-10 34zM140 282c0 22 6 36 16 40l10-34zM260 282c0 22-6 36-16 40l-10-34z";

    public static string Draw(WatchLook look) => look.Case switch
    {
        Case.Square or Case.Cushion => $"""
            <path d="{Lugs}" fill="{look.Metal.Dark}"/>{Crown(look)}
            <rect x="92" y="100" width="216" height="216" rx="62" fill="#000" opacity=".14"/>
            <rect x="92" y="92" width="216" height="216" rx="62" fill="url(#m)"/><rect x="92.5" y="92.5" width="215" height="215" rx="61.5" fill="none" stroke="{look.Metal.Dark}"/>
            <circle cx="200" cy="200" r="94" fill="{look.Metal.Dark}"/><circle cx="200" cy="200" r="90" fill="url(#d)"/>
            """,
        Case.Thin => $"""
            <path d="{Lugs}" fill="{look.Metal.Dark}"/>{Crown(look)}
            <circle cx="200" cy="207" r="110" fill="#000" opacity=".14"/>
            <circle cx="200" cy="200" r="110" fill="url(#m)"/><circle cx="200" cy="200" r="109.5" fill="none" stroke="{look.Metal.Dark}"/>
            <circle cx="200" cy="200" r="103" fill="{look.Metal.Dark}"/><circle cx="200" cy="200" r="101" fill="url(#d)"/>
            """,
        _ => $"""
            <path d="{Lugs}" fill="{look.Metal.Dark}"/>{Crown(look)}{(look.Extra is Extra.Chronograph or Extra.TwoRegisters ? Pushers(look) : "")}
            <circle cx="200" cy="208" r="117" fill="#000" opacity=".14"/>
            <circle cx="200" cy="200" r="117" fill="url(#m)"/><circle cx="200" cy="200" r="116.5" fill="none" stroke="{look.Metal.Dark}"/>
            {BezelOf(look)}
            <circle cx="200" cy="200" r="94" fill="{look.Metal.Dark}"/><circle cx="200" cy="200" r="91" fill="url(#d)"/>
            """,
    };

    private static string Crown(WatchLook look) => $"""
        <rect x="308" y="187" width="22" height="26" rx="5" fill="url(#m)"/><path d="M314 188v24M319 188v24M324 188v24" stroke="{look.Metal.Dark}" stroke-width="1.5"/>
        """;

    private static string Pushers(WatchLook look) => $"""
        <g fill="{look.Metal.Mid}" stroke="{look.Metal.Dark}"><rect x="300" y="136" width="20" height="18" rx="3" transform="rotate(-30 310 145)"/><rect x="300" y="246" width="20" height="18" rx="3" transform="rotate(30 310 255)"/></g>
        """;

    private static string BezelOf(WatchLook look) => look.Bezel switch
    {
        Bezel.Fluted => $"""<circle cx="200" cy="200" r="106" fill="none" stroke="{look.Metal.Dark}" stroke-width="16" pathLength="120" stroke-dasharray=".45 .55" opacity=".6"/>""",
        Bezel.Diver => $"""
            <circle cx="200" cy="200" r="104" fill="none" stroke="{look.Second}" stroke-width="20"/>
            {Ring.Ticks(104, 9, 60, ".18 .82", look.Ink)}{Ring.Ticks(104, 13, 12, ".12 .88", look.Ink)}
            <path class="lume" d="M200 90l8 13h-16z" fill="{look.Ink}"/>
            """,
        Bezel.TwoTone => $"""
            <path d="M96 200a104 104 0 0 1 208 0" fill="none" stroke="{look.Accent}" stroke-width="20"/><path d="M96 200a104 104 0 0 0 208 0" fill="none" stroke="{look.Second}" stroke-width="20"/>
            {Ring.Words(104, 12, "#fff", "24", "4", "8", "12", "16", "20")}
            """,
        Bezel.Tachymeter => $"""
            <circle cx="200" cy="200" r="104" fill="none" stroke="#1b2126" stroke-width="20"/>
            {Ring.Words(104, 10, "#f3f3f0", "60", "65", "75", "90", "120", "180", "300", "400")}
            """,
        Bezel.Compass => $"""
            <circle cx="200" cy="200" r="104" fill="none" stroke="#23281d" stroke-width="20"/>
            {Ring.Ticks(104, 6, 72, ".2 .8", "#8f957d")}{Ring.Words(104, 14, look.Ink, "N", "E", "S", "W")}
            """,
        Bezel.Cities => $"""
            <circle cx="200" cy="200" r="104" fill="none" stroke="#f6efdc" stroke-width="20"/>
            {Ring.Words(104, 10, "#24344a", "LON", "PAR", "CAI", "DXB", "DEL", "BKK", "TYO", "SYD", "AKL", "HNL", "PDX", "IAD")}
            """,
        _ => $"""<circle cx="200" cy="200" r="101" fill="none" stroke="{look.Metal.Light}" stroke-width="3" opacity=".8"/>""",
    };
}
