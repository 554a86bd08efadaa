namespace Shop.Ui.Pictures;

/// <summary>What a dial tells besides the time.</summary>
internal static class Complications
{
    public static string Draw(WatchLook look) => look.Extra switch
    {
        Extra.Date => $"""
            <rect x="247" y="189" width="26" height="22" rx="3" fill="#fff" stroke="{look.Ink}" stroke-opacity=".4"/><text x="260" y="205" font-family="Arial,sans-serif" font-size="15" font-weight="700" text-anchor="middle" fill="#1d2730">25</text>
            """,
        Extra.SmallSeconds => Register(look, 200, 245, 22, 40),
        Extra.Chronograph => Register(look, 164, 200, 21, 300) + Register(look, 236, 200, 21, 120) + Register(look, 200, 240, 21, 200),
        Extra.TwoRegisters => Register(look, 160, 200, 25, 330) + Register(look, 240, 200, 25, 75),
        Extra.Moon => """
            <clipPath id="c"><path d="M164 252a36 36 0 0 1 72 0c-6 -6 -14 -6 -18 0a18 18 0 0 1 -36 0c-4 -6 -12 -6 -18 0z"/></clipPath>
            <g clip-path="url(#c)"><path d="M160 214h80v44h-80z" fill="#0e1a33"/><circle class="lume" cx="207" cy="236" r="14" fill="#f3d98b"/><circle cx="202" cy="233" r="2.5" fill="#c9a24a"/><circle cx="211" cy="240" r="3.5" fill="#c9a24a"/>
            <path d="M176 234v.1M186 224v.1M230 236v.1M222 223v.1M192 244v.1" stroke="#f3e9c6" stroke-width="3" stroke-linecap="round"/></g>
            <path d="M164 252a36 36 0 0 1 72 0" fill="none" stroke="#d6dae0" stroke-width="2"/>
            """,
        Extra.SecondZone => $"""
            <g transform="rotate(135 200 200)"><path d="M200 214v-78" stroke="{look.Accent}" stroke-width="3"/><path d="M200 116l9 20h-18z" fill="{look.Accent}"/></g>
            """,
        Extra.Tourbillon => $"""
            <circle cx="200" cy="240" r="33" fill="#2a3138"/><circle cx="200" cy="240" r="33" fill="none" stroke="{look.Metal.Mid}" stroke-width="4"/>
            <circle cx="200" cy="240" r="23" fill="none" stroke="#d9ab56" stroke-width="5" pathLength="24" stroke-dasharray=".6 .4"/><circle cx="200" cy="240" r="17" fill="none" stroke="#d9ab56" stroke-width="3"/>
            <path d="M200 219v42M182 229.500l36 21M182 250.500l36 -21" stroke="{look.Metal.Light}" stroke-width="3"/><circle cx="200" cy="240" r="5" fill="#c0392b"/><path d="M167 240h66" stroke="{look.Metal.Mid}" stroke-width="3" opacity=".7"/>
            """,
        Extra.Perpetual => Register(look, 164, 200, 20, 250) + Register(look, 236, 200, 20, 70) + Register(look, 200, 164, 20, 150) + $"""
            <circle cx="200" cy="238" r="20" fill="{look.Accent}"/><circle class="lume" cx="206" cy="236" r="9" fill="#f3d98b"/><path d="M188 232v.1M192 246v.1M214 250v.1" stroke="#f3e9c6" stroke-width="3" stroke-linecap="round"/>
            """,
        Extra.Altimeter => $"""
            <path d="M142 258a82 82 0 0 1 0 -116" fill="none" stroke="{look.Accent}" stroke-width="7"/><path d="M158 234l22 -30 12 14 18 -32 32 48z" fill="{look.Ink}" fill-opacity=".22"/><path d="M202 200l8 -14 9 14 -8 4z" fill="{look.Ink}" fill-opacity=".6"/>
            <text x="200" y="250" font-family="Arial,sans-serif" font-size="13" font-weight="700" text-anchor="middle" fill="{look.Ink}">2962 m</text>
            """,
        Extra.Blocks => """
            <clipPath id="c"><circle cx="200" cy="200" r="91"/></clipPath>
            <g clip-path="url(#c)"><path d="M100 100h100v62H100z" fill="#2b6cb8"/><path d="M200 100h100v100H200z" fill="#f2b51d"/><path d="M100 162h100v138H100z" fill="#f4efe4"/><path d="M200 200h100v100H200z" fill="#e0533b"/><path d="M150 236h50v64h-50z" fill="#1f8a70"/></g>
            """,
        _ => "",
    };

    private static string Register(WatchLook look, int x, int y, int r, int degrees) => $"""
        <circle cx="{x}" cy="{y}" r="{r}" fill="{look.Ink}" fill-opacity=".1"/><circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{look.Ink}" stroke-opacity=".55"/>
        {Ring.Ticks(r - 3, 4, 12, ".12 .88", look.Ink, x, y)}<path d="M{x} {y + 4}v-{r - 1}" stroke="{look.Accent}" stroke-width="2" transform="rotate({degrees} {x} {y})"/>
        """;
}
