using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shop.Contracts;

namespace Shop.Ui.Tests.Support;

internal static class FakeCatalog
{
    public static void Map(IEndpointRouteBuilder app, FakeBackends fake)
    {
        app.MapGet("/catalogue", (HttpContext context) => List(context, fake));
        app.MapGet("/catalogue/tags", () => Seed.Tags);
        app.MapGet("/catalogue/product/{id}", (string id) => fake.Products.TryGetValue(id, out var p) ? Results.Ok(p) : Results.NotFound());
    }

    private static List<Product> List(HttpContext context, FakeBackends fake)
    {
        var query = context.Request.Query;
        var tags = query["tags"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        var search = query["search"].ToString();
        var found = fake.Products.Values
            .Where(p => tags.Length == 0 || p.Tag.Any(tags.Contains))
            .Where(p => p.Name.Contains(search, StringComparison.OrdinalIgnoreCase));
        List<Product> sorted =
        [
            .. query["order"].ToString() switch
            {
                "price_asc" => found.OrderBy(p => p.Price),
                "price_desc" => found.OrderByDescending(p => p.Price),
                _ => found.OrderBy(p => p.Name, StringComparer.Ordinal),
            },
        ];
        context.Response.Headers["X-Total-Count"] = sorted.Count.ToString(CultureInfo.InvariantCulture);
        var (page, size) = (Number("page", 1), Number("size", 10));
        return [.. sorted.Skip((page - 1) * size).Take(size)];

        int Number(string name, int absent) =>
            query[name].ToString() is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : absent;
    }
}
