using System.Text.Json.Nodes;

namespace Shop.Benchmarks.Harness;

/// <summary>Orders that the store accepts: one product of its own catalog, with the shipping and the tax that checkout would ask.</summary>
internal sealed class OrderBodies
{
    private const long PriorityMail = 500;
    private readonly string _id;
    private readonly string _name;
    private readonly long _price;

    private OrderBodies(JsonNode product)
    {
        _id = product["id"]!.GetValue<string>();
        _name = product["name"]!.GetValue<string>();
        _price = product["price"]!.GetValue<long>();
    }

    public string ProductId => _id;

    public long Price => _price;

    public string ProductName => _name;

    public static async Task<OrderBodies> LoadAsync(HttpClient http, CancellationToken cancellationToken) =>
        new(JsonNode.Parse(await http.GetStringAsync("/catalogue?page=1&size=1", cancellationToken))![0]!);

    public string For(string customerId, int quantity = 1)
    {
        var subtotal = _price * quantity;
        var tax = subtotal * 5 / 100;
        return new JsonObject
        {
            ["customerId"] = customerId,
            ["firstName"] = "Bench",
            ["lastName"] = "Mark",
            ["email"] = $"{customerId}@bench.invalid",
            ["currency"] = "USD",
            ["subtotal"] = subtotal,
            ["tax"] = tax,
            ["shipping"] = PriorityMail,
            ["total"] = subtotal + tax + PriorityMail,
            ["items"] = new JsonArray(new JsonObject
            {
                ["productId"] = _id, ["name"] = _name, ["quantity"] = quantity, ["unitCost"] = _price, ["totalCost"] = subtotal,
            }),
        }.ToJsonString();
    }
}
