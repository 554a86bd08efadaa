namespace Shop.Ui.Pictures;

/// <summary>The dial: its marks, and the hands at ten past ten, as in every shop window.</summary>
internal static class Faces
{
    private static readonly string[] Hours = ["12", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];
    private static readonly string[] Roman = ["XII", "I", "II", "III", "IIII", "V", "VI", "VII", "VIII", "IX", "X", "XI"];

    public static string MarksOf(WatchLook look) => look.Marks switch
    {
        Marks.Batons => Ring.Ticks(78, 14, 12, ".1 .9", look.Ink) + Ring.Ticks(84, 4, 60, ".1 .9", look.Ink),
        Marks.Numerals => Ring.Words(200, 200, 70, 19, look.Ink, "Arial,sans-serif", Hours) + Ring.Ticks(85, 5, 60, ".12 .88", look.Ink),
        Marks.Quarters => Ring.Words(200, 200, 66, 24, look.Ink, "Georgia,serif", "12", "3", "6", "9") + Ring.Ticks(82, 10, 12, ".1 .9", look.Ink),
        Marks.Roman => Ring.Words(200, 200, 71, 15, look.Ink, "Georgia,serif", Roman) + Ring.Ticks(86, 3, 60, ".14 .86", look.Ink),
        Marks.Lume => LumeMarks(look),
        Marks.Railway => Ring.Ticks(84, 8, 60, ".16 .84", look.Ink) + Ring.Ticks(80, 16, 12, ".14 .86", look.Ink),
        Marks.Sector => $"""
            <circle cx="200" cy="200" r="52" fill="#fff" fill-opacity=".5"/><g fill="none" stroke="{look.Ink}" stroke-width="1.5"><circle cx="200" cy="200" r="52"/><circle cx="200" cy="200" r="76"/></g>
            {Ring.Ticks(64, 24, 12, ".05 .95", look.Ink)}{Ring.Ticks(80, 8, 60, ".1 .9", look.Ink)}{Ring.Words(200, 200, 64, 17, look.Ink, "Arial,sans-serif", "12", "3", "6", "9")}
            """,
        Marks.Bits => Bits(look),
        _ => $"""<path d="M200 112v18" stroke="{look.Ink}" stroke-width="3"/>""",
    };

    public static string HandsOf(WatchLook look) => look.Marks == Marks.Bits ? "" : look.Hands switch
    {
        Hands.Dauphine => Pair("-5 8 0 -48 5 8", "-4 10 0 -76 4 10", look.Ink) + Second(look),
        Hands.Sword => Pair("-3 10 -5 -34 0 -50 5 -34 3 10", "-2.5 12 -4 -58 0 -78 4 -58 2.5 12", look.Ink) + Second(look),
        Hands.Leaf => Path("M0 12C-7 -16 -5 -34 0 -50C5 -34 7 -16 0 12z", "M0 14C-5.5 -26 -4 -56 0 -78C4 -56 5.5 -26 0 14z", look.Ink) + Second(look),
        Hands.Cathedral => Path("M-2 8V-22C-9 -28 -8 -38 0 -50C8 -38 9 -28 2 -22V8z", "M-1.8 10V-44C-6 -50 -5 -60 0 -78C5 -60 6 -50 1.8 -44V10z", look.Ink) + Second(look),
        Hands.Lume => Pair("-5 12 -6 -38 0 -50 6 -38 5 12", "-4 14 -5 -66 0 -78 5 -66 4 14", look.Ink) + Glow + Second(look),
        _ => Pair("-3.5 12 -3.5 -48 3.5 -48 3.5 12", "-2.5 14 -2.5 -78 2.5 -78 2.5 14", look.Ink) + Second(look),
    };

    /// <summary>What glows when the shop is dark.</summary>
    private const string Glow = """
        <g class="lume" fill="#e9f7d9"><path transform="translate(200 200) rotate(305)" d="M-2 -14v-20l2 -8 2 8v20z"/><path transform="translate(200 200) rotate(60)" d="M-1.7 -16v-46l1.7 -8 1.7 8v46z"/></g>
        """;

    private static string LumeMarks(WatchLook look) => $"""
        {Ring.Ticks(86, 4, 60, ".12 .88", look.Ink)}
        <g class="lume-line" stroke="{look.Ink}" stroke-linecap="round"><circle cx="200" cy="200" r="73" fill="none" stroke-width="12" pathLength="12" stroke-dasharray=".001 .999" transform="rotate(-90 200 200)"/>
        <path d="M200 122v12M200 266v12M122 200h12M266 200h12" stroke-width="9"/></g>
        """;

    /// <summary>Ten past ten in two rows of lamps: 1010 and 01010.</summary>
    private static string Bits(WatchLook look)
    {
        var lamps = "";
        foreach (var (bits, y) in (ReadOnlySpan<(string, int)>)[("1010", 178), ("01010", 222)])
        {
            for (var i = 0; i < bits.Length; i++)
            {
                var x = 200 - (bits.Length - 1) * 15 + i * 30;
                lamps += bits[i] == '1'
                    ? $"""<circle class="lume" cx="{x}" cy="{y}" r="9" fill="{look.Ink}"/>"""
                    : $"""<circle cx="{x}" cy="{y}" r="8" fill="none" stroke="{look.Ink}" stroke-opacity=".4" stroke-width="2"/>""";
            }
        }

        return lamps + Ring.Ticks(82, 6, 12, ".08 .92", "#5d6a72");
    }

    private static string Pair(string hour, string minute, string colour) =>
        $"""<g fill="{colour}"><polygon transform="translate(200 200) rotate(305)" points="{hour}"/><polygon transform="translate(200 200) rotate(60)" points="{minute}"/></g>""";

    private static string Path(string hour, string minute, string colour) =>
        $"""<g fill="{colour}"><path transform="translate(200 200) rotate(305)" d="{hour}"/><path transform="translate(200 200) rotate(60)" d="{minute}"/></g>""";

    private static string Second(WatchLook look) => look.Extra is Extra.SmallSeconds or Extra.Tourbillon or Extra.Perpetual || look.Marks == Marks.None
        ? $"""<circle cx="200" cy="200" r="4" fill="{look.Ink}"/>"""
        : $"""<g stroke="{look.Accent}" fill="{look.Accent}"><path d="M200 222v-100" stroke-width="1.8" transform="rotate(204 200 200)"/><circle cx="200" cy="200" r="4.5"/></g>""";
}
