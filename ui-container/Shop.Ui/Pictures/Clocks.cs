namespace Shop.Ui.Pictures;

/// <summary>What tells the time from a table, a wall or a waistcoat.</summary>
internal static class Clocks
{
    public static Drawing Station { get; } = new(Ground.Mist, Metal.Black, $"""
        <path d="M186 -10h28v70h-28z" fill="#2a3036"/><path d="M150 44h100l-14 26h-72z" fill="#2a3036"/>
        <circle cx="200" cy="224" r="150" fill="#000" opacity=".14"/><circle cx="200" cy="214" r="150" fill="#22282d"/><circle cx="200" cy="214" r="134" fill="url(#d)"/>
        {Ring.Ticks(118, 14, 60, ".18 .82", "#1b2126", 200, 214)}{Ring.Ticks(109, 32, 12, ".11 .89", "#1b2126", 200, 214)}
        <g stroke="#1b2126"><path d="M200 232v-94" stroke-width="14" transform="rotate(305 200 214)"/><path d="M200 236v-128" stroke-width="10" transform="rotate(60 200 214)"/></g>
        <g transform="rotate(204 200 214)" fill="#d63a24"><path d="M197 250h6v-116h-6z"/><circle cx="200" cy="132" r="13"/></g><circle cx="200" cy="214" r="7" fill="#d63a24"/>
        """, "#fbfbf8");

    public static Drawing Mantel { get; } = new(Ground.Sand, Metal.Gold, $"""
        <path d="M70 362V196a130 130 0 0 1 260 0v166z" fill="#6b3f22"/><path d="M70 362V196a130 130 0 0 1 130 -130v296z" fill="#7d4c2b"/><path d="M88 346V198a112 112 0 0 1 224 0v148z" fill="none" stroke="#c98f4e" stroke-opacity=".55" stroke-width="2.5"/>
        <path d="M50 352h300v24H50z" fill="#55301a"/><path d="M50 352h300v6H50z" fill="#8f5a35"/><path d="M72 376h40v10H72zM288 376h40v10h-40z" fill="#3a2010"/>
        <circle cx="200" cy="196" r="96" fill="url(#m)"/><circle cx="200" cy="196" r="86" fill="url(#d)"/>
        {Ring.Words(200, 196, 68, 17, "#2d2620", "Georgia,serif", "XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI")}{Ring.Ticks(82, 4, 60, ".14 .86", "#2d2620", 200, 196)}
        <g fill="#20304f"><path transform="translate(200 196) rotate(305)" d="M-2 8V-20C-9 -26 -8 -34 0 -46C8 -34 9 -26 2 -20V8z"/><path transform="translate(200 196) rotate(60)" d="M-1.8 10V-40C-6 -46 -5 -56 0 -72C5 -56 6 -46 1.8 -40V10z"/><circle cx="200" cy="196" r="5"/></g>
        <path d="M150 320h100M160 331h80" stroke="#c98f4e" stroke-opacity=".6" stroke-width="3"/>
        """, "#fbf6e9");

    public static Drawing Travel { get; } = new(Ground.Sky, Metal.Gold, $"""
        <path d="M60 344l44 -214h192l44 214z" fill="#000" opacity=".1"/><path d="M66 336l40 -20h188l40 20 8 22H58z" fill="#7c2f35"/><path d="M58 358h284v10H58z" fill="#5a1f25"/>
        <rect x="82" y="72" width="236" height="252" rx="30" fill="#8f3a40"/><rect x="82" y="72" width="236" height="252" rx="30" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="2" stroke-dasharray="7 6"/>
        <rect x="104" y="94" width="192" height="208" rx="18" fill="url(#m)"/><rect x="114" y="104" width="172" height="188" rx="12" fill="url(#d)"/>
        {Ring.Words(200, 198, 66, 20, "#2a3138", "Arial,sans-serif", "12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11")}
        <g stroke-linecap="round"><path d="M200 198v-40" stroke="#2a3138" stroke-width="8" transform="rotate(305 200 198)"/><path d="M200 198v-62" stroke="#2a3138" stroke-width="5" transform="rotate(60 200 198)"/><path d="M200 198v-46" stroke="#d63a24" stroke-width="3" transform="rotate(200 200 198)"/></g><circle cx="200" cy="198" r="6" fill="#2a3138"/>
        """, "#f7f5ec");

    public static Drawing Pocket { get; } = Fob(Ground.Sand, Metal.Gold, "#fbf7ec", "#2d2620", Marks.Roman, "#20508f");

    public static Drawing Railway { get; } = Fob(Ground.Mist, Metal.Steel, "#fdfdfb", "#15191c", Marks.Numerals, "#d63a24");

    public static Drawing Repeater { get; } = Fob(Ground.Lilac, Metal.Rose, "#1d2440", "#f3ecdb", Marks.Railway, "#f0cf74");

    private static Drawing Fob(Ground ground, Metal metal, string dial, string ink, Marks marks, string accent)
    {
        var look = new WatchLook(ground, metal, Band.Leather, "", dial, ink, accent) { Marks = marks, Hands = Hands.Cathedral, Extra = Extra.SmallSeconds };
        return new Drawing(ground, metal, $"""
            <path d="M200 44C120 -24 54 30 44 110S96 236 34 330" fill="none" stroke="{metal.Dark}" stroke-width="9" stroke-dasharray="13 5" stroke-linecap="round"/><path d="M200 44C120 -24 54 30 44 110S96 236 34 330" fill="none" stroke="{metal.Light}" stroke-width="3" stroke-dasharray="13 5" stroke-linecap="round"/>
            <circle cx="200" cy="58" r="24" fill="none" stroke="url(#m)" stroke-width="10"/><rect x="184" y="72" width="32" height="26" rx="6" fill="url(#m)"/><path d="M190 74v22M196 74v22M204 74v22M210 74v22" stroke="{metal.Dark}" stroke-width="1.5"/>
            <circle cx="200" cy="240" r="146" fill="#000" opacity=".14"/><circle cx="200" cy="232" r="144" fill="url(#m)"/><circle cx="200" cy="232" r="143" fill="none" stroke="{metal.Dark}" stroke-width="2"/><circle cx="200" cy="232" r="127" fill="none" stroke="{metal.Dark}" stroke-opacity=".5" stroke-width="2"/>
            <g transform="translate(-66 -34) scale(1.330)"><circle cx="200" cy="200" r="91" fill="url(#d)"/>{Faces.MarksOf(look)}{Complications.Draw(look)}{Faces.HandsOf(look)}</g>
            """, dial);
    }
}
