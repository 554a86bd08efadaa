using Shop.Contracts;

namespace Shop.Ui.Home;

/// <summary>A shelf of the home page: a category, how much is in it, and what stands for it.</summary>
public sealed record Shelf(ProductTag Tag, int Count, string ImageUrl);

/// <summary>Chooses what stands in the window: another choice each day, the same for everyone, and in both Regions.</summary>
internal static class ShopWindow
{
    private const int Places = 4;

    public static IReadOnlyList<Product> Dress(IReadOnlyList<Product> products, DateTimeOffset now)
    {
        if (products.Count == 0)
        {
            return [];
        }

        var start = now.UtcDateTime.DayOfYear * 7 % products.Count;
        List<Product> turned = [.. products.Skip(start), .. products.Take(start)];
        var varied = turned.DistinctBy(p => p.Tag is [var first, ..] ? first : "");
        return [.. varied.Concat(turned).DistinctBy(p => p.Id).Take(Places)];
    }

    public static IReadOnlyList<Shelf> Shelves(IReadOnlyList<Product> products, IReadOnlyList<ProductTag> tags, IReadOnlyList<Product> window)
    {
        var shown = window.Select(p => p.Id).ToHashSet();
        List<Shelf> shelves = [];
        foreach (var tag in tags)
        {
            var on = products.Where(p => p.Tag.Contains(tag.Name)).ToList();
            var face = on.OrderBy(p => p.Tag.Count).FirstOrDefault(p => shown.Add(p.Id)) ?? on.FirstOrDefault();
            shelves.Add(new Shelf(tag, on.Count, face?.ImageUrl ?? "/assets/watch.svg"));
        }

        return shelves;
    }
}
