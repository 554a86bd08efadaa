using System.Globalization;
using Shop.Lambda.Http;

namespace Shop.Catalog;

/// <summary>What a client asks of the list of products, checked.</summary>
internal sealed record CatalogQuery(IReadOnlyList<string> Tags, string Search, ProductOrder Order, int Page, int Size)
{
    public const int MaximumText = 100;
    public const int MaximumSize = 100;
    public const int UsualSize = 10;
    private const int MaximumTags = 20;

    public long Skip => (Page - 1L) * Size;

    /// <summary>Every parameter comes as text, so that one answer can name all that are wrong.</summary>
    public static CatalogQuery Parse(string? tags, string? search, string? order, string? page, string? size)
    {
        var validation = new Validation();
        var query = new CatalogQuery(
            ParseTags(tags, validation),
            ParseSearch(search, validation),
            ParseOrder(order, validation),
            ParseNumber(page, "page", fallback: 1, int.MaxValue, validation),
            ParseNumber(size, "size", UsualSize, MaximumSize, validation));
        validation.ThrowIfInvalid();
        return query;
    }

    public static IReadOnlyList<string> ParseTags(string? tags)
    {
        var validation = new Validation();
        var names = ParseTags(tags, validation);
        validation.ThrowIfInvalid();
        return names;
    }

    private static string[] ParseTags(string? tags, Validation validation)
    {
        var names = (tags ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        validation.Check(names.Length <= MaximumTags, "tags", $"must be at most {MaximumTags} names");
        validation.Check(Array.TrueForAll(names, n => n.Length <= MaximumText), "tags", $"must be names of at most {MaximumText} characters");
        return names;
    }

    private static string ParseSearch(string? search, Validation validation)
    {
        var text = (search ?? "").Trim();
        validation.Check(text.Length <= MaximumText, "search", $"must be at most {MaximumText} characters");
        return text;
    }

    private static ProductOrder ParseOrder(string? order, Validation validation)
    {
        switch (order)
        {
            case null or "" or "name":
                return ProductOrder.Name;
            case "price_asc":
                return ProductOrder.PriceAscending;
            case "price_desc":
                return ProductOrder.PriceDescending;
            default:
                validation.Add("order", "must be name, price_asc or price_desc");
                return ProductOrder.Name;
        }
    }

    private static int ParseNumber(string? text, string field, int fallback, int maximum, Validation validation)
    {
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum)
        {
            return number;
        }

        validation.Add(field, $"must be a whole number from 1 to {maximum}");
        return fallback;
    }
}
