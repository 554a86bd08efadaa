using System.Collections.Frozen;

namespace Shop.Ui.Pictures;

/// <summary>The watches of the catalog by the name of their picture, each with a look of its own.</summary>
internal static class Looks
{
    private static readonly (string Dial, string Ink)[] Dials =
        [("#f6f4ee", "#1d2730"), ("#1c3148", "#f3ecdb"), ("#15463f", "#f3ecdb"), ("#24282c", "#f0f0ee"), ("#efe2c6", "#3f2b17"), ("#6f1f2b", "#f8e9e1")];

    private static readonly string[] Bands = ["#5d4330", "#23282d", "#8d5a33", "#3d5570", "#55654a", "#7c2f35"];
    private static readonly string[] Accents = ["#d63a24", "#e3a02c", "#0f9c98", "#3f74c9"];

    private static readonly FrozenDictionary<string, WatchLook> Known = new Dictionary<string, WatchLook>
    {
        ["wood_watch"] = new(Ground.Sage, Metal.Wood, Band.Wood, "#8a5a2e", "#c99659", "#3b2410", "#3b2410") { Marks = Marks.Quarters, Hands = Hands.Sword },
        ["chrono_classic"] = new(Ground.Sky, Metal.Steel, Band.Leather, "#7a4a28", "#f7f5ef", "#1d2730", "#d63a24") { Bezel = Bezel.Tachymeter, Extra = Extra.Chronograph, Hands = Hands.Leaf },
        ["gentleman"] = new(Ground.Stone, Metal.Rose, Band.Leather, "#2a2320", "#f4ecdf", "#3b2a22", "#8c5440") { Marks = Marks.Roman, Hands = Hands.Leaf, Extra = Extra.SmallSeconds },
        ["harbor_diver"] = new(Ground.Mist, Metal.Steel, Band.Steel, "#aab4bb", "#153a5c", "#f1f5f2", "#e2622b") { Bezel = Bezel.Diver, Marks = Marks.Lume, Hands = Hands.Lume, Extra = Extra.Date, Second = "#123250" },
        ["reef_diver"] = new(Ground.Sage, Metal.Bronze, Band.Rubber, "#173f3b", "#0f5a52", "#f4ecd6", "#f0b544") { Bezel = Bezel.Diver, Marks = Marks.Lume, Hands = Hands.Lume, Second = "#0b3f3a" },
        ["lap_timer"] = new(Ground.Straw, Metal.Black, Band.Rubber, "#24282c", "#f2b51d", "#1b1f22", "#d63a24") { Bezel = Bezel.Tachymeter, Extra = Extra.TwoRegisters, Hands = Hands.Batons },
        ["trail_compass"] = new(Ground.Sand, Metal.Black, Band.Nato, "#5a6440", "#2c3226", "#f0e9d2", "#e2622b") { Bezel = Bezel.Compass, Marks = Marks.Numerals, Hands = Hands.Lume, Second = "#c9a24a" },
        ["summit_altimeter"] = new(Ground.Sky, Metal.Steel, Band.Rubber, "#c2461f", "#1f262c", "#f1f2ee", "#f07a3d") { Extra = Extra.Altimeter, Marks = Marks.Lume, Hands = Hands.Lume },
        ["night_runner"] = new(Ground.Lilac, Metal.Black, Band.Rubber, "#1e2226", "#101417", "#b9f5cb", "#b9f5cb") { Marks = Marks.Lume, Hands = Hands.Lume },
        ["two_cities"] = new(Ground.Blush, Metal.Steel, Band.Steel, "#aab4bb", "#1c2024", "#f3f3f0", "#d63a24") { Bezel = Bezel.TwoTone, Marks = Marks.Lume, Hands = Hands.Lume, Extra = Extra.SecondZone, Second = "#21508f" },
        ["world_timer"] = new(Ground.Mist, Metal.Gold, Band.Leather, "#24344a", "#20578c", "#f6efdc", "#e8b64c") { Bezel = Bezel.Cities, Hands = Hands.Dauphine },
        ["layover"] = new(Ground.Lilac, Metal.Steel, Band.Mesh, "#b4bdc4", "#e9edf1", "#26323c", "#3f74c9") { Case = Case.Thin, Extra = Extra.Date },
        ["trench"] = new(Ground.Sand, Metal.Steel, Band.Canvas, "#7d6f47", "#f5f0e1", "#2a2418", "#8a2b20") { Marks = Marks.Numerals, Hands = Hands.Cathedral, Extra = Extra.SmallSeconds },
        ["hand_wound"] = new(Ground.Blush, Metal.Gold, Band.Leather, "#6b2730", "#f7efe0", "#47301b", "#94691f") { Case = Case.Thin, Hands = Hands.Dauphine, Extra = Extra.SmallSeconds },
        ["sector_dial"] = new(Ground.Stone, Metal.Steel, Band.Leather, "#37424c", "#dfe3e5", "#1f2a33", "#1f4f8a") { Marks = Marks.Sector, Hands = Hands.Leaf },
        ["moonphase"] = new(Ground.Lilac, Metal.Steel, Band.Leather, "#1f2c44", "#20304f", "#eef0f5", "#f0cf74") { Extra = Extra.Moon, Hands = Hands.Leaf, Marks = Marks.Roman },
        ["tourbillon"] = new(Ground.Mist, Metal.Rose, Band.Leather, "#20262b", "#eef0f1", "#2a3138", "#b0553a") { Extra = Extra.Tourbillon, Hands = Hands.Dauphine },
        ["perpetual"] = new(Ground.Sand, Metal.Gold, Band.Leather, "#4a2f1d", "#fbf8f0", "#2d2620", "#20508f") { Extra = Extra.Perpetual, Hands = Hands.Leaf },
        ["enamel_white"] = new(Ground.Sky, Metal.Steel, Band.Leather, "#1d2c3f", "#ffffff", "#1b2a3c", "#2b59b0") { Marks = Marks.Roman, Hands = Hands.Cathedral, Bezel = Bezel.Fluted },
        ["plain_steel"] = new(Ground.Mist, Metal.Steel, Band.Steel, "#aab4bb", "#d5dbdf", "#27323a", "#d63a24"),
        ["canvas_weekender"] = new(Ground.Sage, Metal.Steel, Band.Nato, "#2f4a6d", "#f7f5ef", "#22303a", "#d63a24") { Marks = Marks.Numerals, Second = "#f2efe8" },
        ["paper_thin"] = new(Ground.Stone, Metal.Steel, Band.Mesh, "#cfd5d9", "#fdfdfb", "#3a444c", "#3a444c") { Case = Case.Thin, Marks = Marks.None },
        ["colour_block"] = new(Ground.Straw, Metal.Black, Band.Rubber, "#e0533b", "#f7f5ef", "#1b1f22", "#1b1f22") { Extra = Extra.Blocks, Marks = Marks.None, Hands = Hands.Batons },
        ["binary_hour"] = new(Ground.Mist, Metal.Black, Band.Steel, "#3f474e", "#14191d", "#5bd6a4", "#5bd6a4") { Case = Case.Cushion, Marks = Marks.Bits, Hands = Hands.Batons },
    }.ToFrozenDictionary();

    /// <summary>A look chosen by the words of a name that no one has drawn yet: the same every time.</summary>
    public static WatchLook For(string name)
    {
        if (Known.TryGetValue(name, out var look))
        {
            return look;
        }

        var draws = new Draws(name);
        var (dial, ink) = draws.Pick(Dials);
        return new WatchLook(draws.Pick(Ground.All), draws.Pick(Metal.All), (Band)draws.Next(5), draws.Pick(Bands), dial, ink, draws.Pick(Accents))
        {
            Case = (Case)draws.Next(3),
            Marks = (Marks)draws.Next(4),
            Hands = (Hands)draws.Next(4),
            Extra = (Extra)draws.Next(3),
        };
    }
}
