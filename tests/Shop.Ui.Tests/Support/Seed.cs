using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

internal static class Seed
{
    public const string PocketWatch = "6d62d909-f957-430e-8689-b5129c0bb75e";
    public const string WoodWatch = "a0a4f044-b040-410d-8ead-4de0446aec7e";
    public const string Chronograf = "808a2de1-1aaa-4c25-a9b9-6612e8f29a38";

    public static readonly IReadOnlyList<ProductTag> Tags = [new("smart", "Smart"), new("dress", "Dress"), new("luxury", "Luxury"), new("casual", "Casual")];

    private static readonly string[] Drawings =
    [
        "canvas_weekender", "harbor_diver", "leather_strap", "mantel_chimes", "smart_ring", "station_clock", "watch_box", "spring_bar_tool",
        "pace_band", "moonphase", "world_timer", "sector_dial",
    ];

    public static readonly IReadOnlyList<Product> Products =
    [
        new(PocketWatch, "Pocket Watch", "Properly dapper.", "/assets/pocket_watch.svg", 38500, "USD", 33, ["dress"]),
        new(WoodWatch, "Wood Watch", "Looks like a tree", "/assets/wood_watch.svg", 5000, "USD", 115, ["casual"]),
        new(Chronograf, "Chronograf Classic", "Spend that IPO money", "/assets/chrono_classic.svg", 510000, "USD", 9, ["dress", "luxury"]),
        .. Drawings.Select((name, i) => new Product(
            $"00000000-0000-7000-8000-{i:D12}", $"Product {(char)('A' + i)}", "Well made.", $"/assets/{name}.svg", 1000 + i * 250, "USD", 5, ["casual"])),
    ];
}
