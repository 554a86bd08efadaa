using System.Text;
using System.Text.Json.Nodes;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenOrdersAreNonsense(StoreFixture store)
{
    public static TheoryData<string> Nasty => NastyText.All;

    [Theory]
    [InlineData("customerId", "null", "customerId")]
    [InlineData("customerId", "\" \"", "customerId")]
    [InlineData("customerId", "7", "customerId")]
    [InlineData("firstName", "\"\"", "firstName")]
    [InlineData("lastName", "\"a\\u0000b\"", "lastName")]
    [InlineData("lastName", "{}", "lastName")]
    [InlineData("email", "\"nobody\"", "email")]
    [InlineData("email", "\"a@b\"", "email")]
    [InlineData("email", "\"a@b.c\\nBcc: x@y.z\"", "email")]
    [InlineData("currency", "\"EUR\"", "currency")]
    [InlineData("subtotal", "-1", "subtotal")]
    [InlineData("subtotal", "168999", "subtotal,tax,total")]
    [InlineData("subtotal", "1.5", "subtotal")]
    [InlineData("subtotal", "1e300", "subtotal")]
    [InlineData("tax", "99999999999999999999", "tax")]
    [InlineData("tax", "null", "tax")]
    [InlineData("tax", "[]", "tax")]
    [InlineData("shipping", "-500", "shipping")]
    [InlineData("shipping", "0", "shipping,total")]
    [InlineData("tax", "0", "tax,total")]
    [InlineData("shipping", "9223372036854775807", "shipping")]
    [InlineData("total", "177951", "total")]
    [InlineData("total", "\"many\"", "total")]
    [InlineData("items", "null", "items")]
    [InlineData("items", "[]", "items")]
    [InlineData("items", "{}", "items")]
    [InlineData("items", "[null]", "items[0].name,items[0].productId,items[0].quantity,items[0].totalCost,items[0].unitCost")]
    [InlineData("items", "[1]", "items[0]")]
    [InlineData("shippingAddress", "{\"zip\":\"123456789012345678901\"}",
        "shippingAddress.address1,shippingAddress.city,shippingAddress.firstName,shippingAddress.lastName,shippingAddress.state,shippingAddress.zip")]
    [InlineData("shippingAddress", "\"here\"", "shippingAddress")]
    public async Task A_wrong_field_is_named(string field, string value, string fields)
    {
        var order = SampleOrder.Json();
        order[field] = "@@";

        var answer = await store.Orders.SendAsync(HttpMethod.Post, "/orders", order.ToJsonString().Replace("\"@@\"", value, StringComparison.Ordinal));

        Assert.Equal((400, ProblemTypes.InvalidRequest), (answer.Status, answer.ProblemType));
        Assert.Equal(fields, string.Join(',', answer.Fields.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("quantity", "0", "items[1].quantity")]
    [InlineData("quantity", "1001", "items[1].quantity")]
    [InlineData("quantity", "-2", "items[1].quantity")]
    [InlineData("quantity", "\"two\"", "items[1].quantity")]
    [InlineData("quantity", "3", "items[1].totalCost")]
    [InlineData("unitCost", "-1", "items[1].unitCost")]
    [InlineData("unitCost", "9223372036854775807", "items[1].unitCost")]
    [InlineData("totalCost", "1", "items[1].totalCost")]
    [InlineData("productId", "\"a0a4f044-b040-410d-8ead-4de0446aec7e\"", "items[1].productId")]
    [InlineData("name", "null", "items[1].name")]
    public async Task A_wrong_field_of_an_item_is_named(string field, string value, string named)
    {
        var order = SampleOrder.Json();
        order["items"]![1]![field] = JsonNode.Parse(value);

        var answer = await store.Orders.PlaceAsync(order);

        Assert.Equal((400, named), (answer.Status, string.Join(',', answer.Fields)));
    }

    [Fact]
    public async Task All_that_is_wrong_is_named_at_once()
    {
        var answer = await store.Orders.SendAsync(HttpMethod.Post, "/orders", "{}");

        Assert.Equal(["customerId", "email", "firstName", "items", "lastName", "shipping", "subtotal", "tax", "total"], answer.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_hundred_and_one_items_and_too_long_names_are_refused()
    {
        var order = SampleOrder.Json();
        order["items"] = new JsonArray([.. Enumerable.Range(0, 101).Select(i => (JsonNode)new JsonObject { ["productId"] = $"p{i}" })]);
        (order["firstName"], order["email"]) = (new string('x', 101), $"{new string('x', 254)}@example.com");

        var answer = await store.Orders.PlaceAsync(order);

        Assert.Equal(["email", "firstName", "items"], answer.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_largest_order_is_taken()
    {
        var order = SampleOrder.Json();
        order["items"] = new JsonArray([.. Enumerable.Range(0, 100).Select(i => (JsonNode)new JsonObject
        {
            ["productId"] = $"p{i:D3}", ["name"] = new string('ü', 100), ["quantity"] = 1000, ["unitCost"] = 1_000_000, ["totalCost"] = 1_000_000_000,
        })]);
        (order["firstName"], order["subtotal"], order["tax"], order["shipping"], order["total"]) = (new string('é', 100), 100_000_000_000, 5_000_000_000, 500, 105_000_000_500);

        var answer = await store.Orders.PlaceAsync(order);

        Assert.Equal((201, 100), (answer.Status, answer.Json.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("not-a-uuid")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("{019ab000-0000-7000-8000-000000000001}")]
    [InlineData("' OR 1=1 --")]
    public async Task A_key_that_is_no_uuid_is_refused(string key)
    {
        var answer = await store.Orders.PlaceAsync(SampleOrder.Json(), key);

        Assert.Equal((400, "Idempotency-Key"), (answer.Status, string.Join(',', answer.Fields)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"order\"")]
    [InlineData("{")]
    [InlineData("{\"customerId\":\"x\",}")]
    [InlineData("{\"customerId\":\"\\ud800\"}")]
    [InlineData("<order/>")]
    public async Task Malformed_bodies_are_400(string body)
    {
        var answer = await store.Orders.SendAsync(HttpMethod.Post, "/orders", body);

        Assert.Equal((400, ProblemTypes.InvalidRequest), (answer.Status, answer.ProblemType));
    }

    [Fact]
    public async Task Deep_bodies_and_other_media_types_are_refused()
    {
        var deep = await store.Orders.SendAsync(HttpMethod.Post, "/orders", $"{{\"items\":{new string('[', 5000)}{new string(']', 5000)}}}");
        using var xml = new StringContent("<order/>", Encoding.UTF8, "application/xml");
        using var response = await store.Orders.Http.PostAsync(new Uri("/orders", UriKind.Relative), xml, TestContext.Current.CancellationToken);

        Assert.Equal(400, deep.Status);
        Assert.Equal(415, (int)response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task No_text_is_too_nasty(string text)
    {
        var order = SampleOrder.Json();
        (order["customerId"], order["firstName"], order["lastName"]) = (text, text, text);
        (order["items"]![0]!["name"], order["shippingAddress"]!["city"]) = (text, text);
        var escaped = Uri.EscapeDataString(text);

        var placed = await store.Orders.PlaceAsync(order);

        Assert.True(placed.Status is 201 or 400, placed.Text);
        if (placed.Status == 201)
        {
            Assert.Equal(placed.Text, (await store.Orders.GetAsync($"/orders?customerId={escaped}")).Json[0].GetRawText());
        }

        foreach (var path in new[] { $"/orders/{escaped}", $"/orders?customerId={escaped}&page={escaped}", $"/orders?customerId={escaped}" })
        {
            var answer = await store.Orders.GetAsync(path);
            // 414 is the web server's own: nothing that long reaches the function.
            Assert.True(answer.Status is 200 or 400 or 404 or 414, $"{path}: {answer.Status} {answer.Text}");
        }

        var cancelled = await store.Orders.CancelAsync(escaped);
        Assert.True(cancelled.Status is 400 or 404, cancelled.Text);
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1&size=0", "page,size")]
    [InlineData("page=x&size=1000", "page,size")]
    public async Task Wrong_pages_are_named(string query, string fields)
    {
        var answer = await store.Orders.GetAsync($"/orders?customerId=x&{query}");

        Assert.Equal((400, fields), (answer.Status, string.Join(',', answer.Fields)));
    }

    [Theory]
    [InlineData("GET", "/orders/019ab000-0000-7000-8000-00000000dead", 404)]
    [InlineData("GET", "/orders/x", 404)]
    [InlineData("POST", "/orders/019ab000-0000-7000-8000-00000000dead/cancel", 404)]
    [InlineData("GET", "/orders/019ab000-0000-7000-8000-00000000dead/cancel", 405)]
    [InlineData("DELETE", "/orders", 405)]
    [InlineData("PUT", "/orders/x", 405)]
    public async Task What_is_not_there_is_a_problem(string method, string path, int status)
    {
        var answer = await store.Orders.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
    }
}
