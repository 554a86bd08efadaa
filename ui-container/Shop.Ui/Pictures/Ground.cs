namespace Shop.Ui.Pictures;

/// <summary>What a product stands on: a colour by day, and one by night.</summary>
internal sealed record Ground(string Day, string Night)
{
    public static readonly Ground Mist = new("#e2e8eb", "#1c262d");
    public static readonly Ground Sand = new("#efe5d5", "#2a241b");
    public static readonly Ground Sage = new("#dce7da", "#1b2a22");
    public static readonly Ground Blush = new("#f2deda", "#2d2021");
    public static readonly Ground Sky = new("#d8e6f1", "#17263a");
    public static readonly Ground Stone = new("#e6e4df", "#25251f");
    public static readonly Ground Straw = new("#f2e4bf", "#2c2613");
    public static readonly Ground Lilac = new("#e3dfef", "#231f33");

    public static readonly IReadOnlyList<Ground> All = [Mist, Sand, Sage, Blush, Sky, Stone, Straw, Lilac];
}
