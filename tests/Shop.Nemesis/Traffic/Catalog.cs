using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Shop.Nemesis.Traffic;

/// <summary>What can be bought, as the store says it, and intents drawn from it by a seed.</summary>
internal sealed class Catalog(IReadOnlyList<(string Id, string Name, long Price)> products, string currency)
{
    public static async Task<Catalog> ReadAsync(HttpClient http, Uri balancer, CancellationToken cancellationToken)
    {
        var page = (await http.GetFromJsonAsync<JsonArray>(new Uri(balancer, "catalogue?size=30"), cancellationToken))!;
        return new Catalog(
            [.. page.Select(p => (p!["id"]!.GetValue<string>(), p["name"]!.GetValue<string>(), p["price"]!.GetValue<long>()))],
            page[0]!["currency"]!.GetValue<string>());
    }

    public Intent Draw(Random random)
    {
        var key = Guid.CreateVersion7();
        var items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => products[random.Next(products.Count)]).DistinctBy(p => p.Id)
            .Select(p => new IntentItem(p.Id, p.Name, random.Next(1, 4), p.Price));
        return new Intent(key, $"nem-{key:N}", currency, [.. items]);
    }
}
