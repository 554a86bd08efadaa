using System.Globalization;

namespace Shop.Ui.Catalog;

/// <summary>What part of the catalog to show, as the address says it.</summary>
public sealed record CatalogQuery(string Tag, string Search, string Order, int Page, int Size)
{
    public const int LongestSearch = 100;
    private const int LongestTag = 50;

    public static readonly CatalogQuery Default = new("", "", "name", 1, 12);
    public static readonly IReadOnlyList<int> Sizes = [12, 24, 36];
    public static readonly IReadOnlyList<(string Value, string Label)> Orders =
        [("name", "Name"), ("price_asc", "Price, low to high"), ("price_desc", "Price, high to low")];

    /// <summary>The same choice as an address; what is not said is the default.</summary>
    public string Url
    {
        get
        {
            var url = $"/catalog?tag={Uri.EscapeDataString(Tag)}&page={Page}&size={Size}";
            url += Search.Length > 0 ? $"&search={Uri.EscapeDataString(Search)}" : "";
            return url + (Order != Default.Order ? $"&order={Order}" : "");
        }
    }

    public CatalogQuery With(string tag) => this with { Tag = tag, Page = 1 };

    /// <summary>Null when the address can't be meant: the page answers 400.</summary>
    public static CatalogQuery? Read(IQueryCollection query)
    {
        var tag = query["tag"].ToString();
        var search = query["search"].ToString().Trim();
        var order = query["order"].ToString() is { Length: > 0 } o ? o : Default.Order;
        return Number("page", 1, 1_000_000) is { } page
            && Number("size", Default.Size, 100) is { } size
            && tag.Length <= LongestTag && search.Length <= LongestSearch
            && Orders.Any(known => known.Value == order)
            ? new CatalogQuery(tag, search, order, page, size)
            : null;

        int? Number(string name, int absent, int largest) => query[name].ToString() switch
        {
            "" => absent,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= largest => n,
            _ => null,
        };
    }
}
