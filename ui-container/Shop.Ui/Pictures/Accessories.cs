namespace Shop.Ui.Pictures;

internal static class Accessories
{
    public static string Strap(Palette p) => $"""
        <g transform="rotate(18 200 200)">
        <path d="M120 60h60v270l-30 30-30-30z" fill="{p.Strap}"/><path d="M130 70v250M170 70v250" stroke="{p.StrapDark}" stroke-width="3" stroke-dasharray="8 6"/>
        <path d="M150 230v.1M150 258v.1M150 286v.1M150 314v.1" stroke="{p.StrapDark}" stroke-width="11" stroke-linecap="round"/>
        <path d="M224 60h60v230h-60z" fill="{p.Strap}"/><path d="M234 70v210M274 70v210" stroke="{p.StrapDark}" stroke-width="3" stroke-dasharray="8 6"/>
        <rect x="218" y="284" width="72" height="56" rx="10" fill="none" stroke="{p.Metal}" stroke-width="10"/><path d="M254 286v48" stroke="{p.MetalDark}" stroke-width="7"/>
        </g>
        """;

    public static string Box(Palette p) => $"""
        <path d="M60 170l40-90h200l40 90z" fill="{p.StrapDark}"/><path d="M82 160l30-68h176l30 68z" fill="{p.Accent}" opacity=".45"/>
        <rect x="60" y="170" width="280" height="180" rx="10" fill="{p.Strap}"/><rect x="60" y="170" width="280" height="26" fill="{p.StrapDark}"/>
        <rect x="180" y="186" width="40" height="34" rx="5" fill="{p.Metal}"/><circle cx="200" cy="203" r="6" fill="{p.MetalDark}"/>
        <path d="M84 230h232M84 320h232" stroke="{p.StrapDark}" stroke-width="2"/>
        """;

    public static string Ring(Palette p) => $"""
        <ellipse cx="200" cy="215" rx="120" ry="128" fill="none" stroke="{p.MetalDark}" stroke-width="46"/>
        <ellipse cx="200" cy="215" rx="126" ry="134" fill="none" stroke="{p.Metal}" stroke-width="26"/>
        <path d="M120 110a128 134 0 0 1 90 -29" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".7"/>
        <path d="M262 318v.1M282 302v.1M298 282v.1" stroke="{p.Accent}" stroke-width="10" stroke-linecap="round"/>
        """;

    public static string Tool(Palette p) => $"""
        <g transform="rotate(40 200 200)">
        <rect x="180" y="30" width="40" height="210" rx="14" fill="{p.Strap}"/><path d="M190 50v170M200 50v170M210 50v170" stroke="{p.StrapDark}" stroke-width="4"/>
        <rect x="186" y="240" width="28" height="36" fill="{p.MetalDark}"/><path d="M190 276h20v60l-6 34h-2v-34h-4v34h-2l-6-34z" fill="{p.Metal}"/>
        </g>
        """;
}
