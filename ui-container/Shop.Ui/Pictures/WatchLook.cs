namespace Shop.Ui.Pictures;

internal enum Case { Round, Thin, Cushion, Square }

internal enum Band { Leather, Nato, Steel, Mesh, Rubber, Wood, Canvas }

internal enum Bezel { Plain, Fluted, Diver, TwoTone, Tachymeter, Compass, Cities }

internal enum Marks { Batons, Numerals, Quarters, Roman, Lume, Railway, Sector, Bits, None }

internal enum Hands { Batons, Dauphine, Sword, Leaf, Cathedral, Lume }

internal enum Extra { None, Date, SmallSeconds, Chronograph, TwoRegisters, Moon, SecondZone, Tourbillon, Perpetual, Altimeter, Blocks }

/// <summary>How one wrist watch looks.</summary>
internal sealed record WatchLook(Ground Ground, Metal Metal, Band Band, string BandColour, string Dial, string Ink, string Accent)
{
    public Case Case { get; init; } = Case.Round;

    public Bezel Bezel { get; init; } = Bezel.Plain;

    public Marks Marks { get; init; } = Marks.Batons;

    public Hands Hands { get; init; } = Hands.Batons;

    public Extra Extra { get; init; } = Extra.None;

    /// <summary>A second colour: the stripe of a band, the night half of a bezel.</summary>
    public string Second { get; init; } = "#f2efe8";
}
