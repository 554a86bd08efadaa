using System.Text.Json;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Catalog;

[Collection(StoreFixture.Name)]
public sealed class WhenTheCatalogueIsRead(StoreFixture store)
{
    [Theory]
    [InlineData("510a0d7e-8e83-4193-b483-e27e09ddc34d", "Gentleman", 79500, 51, "/assets/gentleman.svg", "dress")]
    [InlineData("6d62d909-f957-430e-8689-b5129c0bb75e", "Pocket Watch", 38500, 33, "/assets/pocket_watch.svg", "dress")]
    [InlineData("808a2de1-1aaa-4c25-a9b9-6612e8f29a38", "Chronograf Classic", 510000, 9, "/assets/chrono_classic.svg", "dress,luxury")]
    [InlineData("a0a4f044-b040-410d-8ead-4de0446aec7e", "Wood Watch", 5000, 115, "/assets/wood_watch.svg", "casual")]
    [InlineData("ee3715be-b4ba-11ea-b3de-0242ac130004", "Smart 3.0", 65000, 9, "/assets/smart_1.svg", "smart,dress")]
    [InlineData("f4ebd070-b4ba-11ea-b3de-0242ac130004", "FitnessX", 18000, 76, "/assets/smart_2.svg", "smart,dress")]
    public async Task The_first_six_products_are_there(string id, string name, long price, int count, string imageUrl, string tags)
    {
        var answer = await store.Catalog.GetAsync($"/catalogue/product/{id}");

        Assert.Equal(200, answer.Status);
        Assert.Equal("us-east-1", answer.Header("X-Region"));
        var product = answer.Json;
        Assert.Equal((name, price, "USD", count, imageUrl), (
            product.GetProperty("name").GetString(), product.GetProperty("price").GetInt64(), product.GetProperty("currency").GetString(),
            product.GetProperty("count").GetInt32(), product.GetProperty("imageUrl").GetString()));
        Assert.Equal(tags, Tags(product));
        Assert.NotEqual("", product.GetProperty("description").GetString());
    }

    [Fact]
    public async Task The_first_page_has_ten_products_by_name_and_tells_how_many_there_are()
    {
        var answer = await store.Catalog.GetAsync("/catalogue");

        var names = Names(answer);
        Assert.Equal(10, names.Count);
        Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), names);
        Assert.Equal("38", answer.Header("X-Total-Count"));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("price_asc")]
    [InlineData("price_desc")]
    public async Task All_pages_together_have_every_product_once_and_in_order(string order)
    {
        var products = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var answer = await store.Catalog.GetAsync($"/catalogue?order={order}&size=7&page={page}");
            if (answer.Json.GetArrayLength() == 0)
            {
                break;
            }

            products.AddRange(answer.Json.EnumerateArray());
        }

        Assert.Equal(38, products.Select(p => p.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(38, products.Count);
        var prices = products.Select(p => p.GetProperty("price").GetInt64()).ToList();
        Assert.Equal(order switch { "price_asc" => prices.Order(), "price_desc" => prices.OrderDescending(), _ => prices }, prices);
    }

    [Fact]
    public async Task Tags_are_ored_and_a_product_keeps_all_of_its_own()
    {
        var answer = await store.Catalog.GetAsync("/catalogue?tags=smart,luxury&size=100");

        Assert.All(answer.Json.EnumerateArray(), p => Assert.True(Tags(p).Contains("smart", StringComparison.Ordinal) || Tags(p).Contains("luxury", StringComparison.Ordinal)));
        Assert.Equal("smart,dress", Tags(answer.Json.EnumerateArray().Single(p => p.GetProperty("name").GetString() == "Smart 3.0")));
        Assert.Contains("Moonphase", Names(answer));
        Assert.DoesNotContain("Wood Watch", Names(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("smart")]
    [InlineData("dress,casual")]
    [InlineData("smart,smart")]
    [InlineData("no-such-tag")]
    public async Task Size_agrees_with_the_list(string tags)
    {
        var list = await store.Catalog.GetAsync($"/catalogue?tags={tags}&size=100");
        var size = await store.Catalog.GetAsync($"/catalogue/size?tags={tags}");

        Assert.Equal(list.Json.GetArrayLength(), size.Json.GetProperty("size").GetInt32());
        Assert.Equal(list.Header("X-Total-Count"), size.Json.GetProperty("size").GetRawText());
    }

    [Fact]
    public async Task An_empty_list_is_empty_and_not_null()
    {
        Assert.Equal("[]", (await store.Catalog.GetAsync("/catalogue?tags=no-such-tag")).Text);
        Assert.Equal("[]", (await store.Catalog.GetAsync("/catalogue?page=2147483647&size=100")).Text);
    }

    [Theory]
    [InlineData("GENTLE", "Gentleman")]
    [InlineData("breakfast", "Smart 3.0")]
    [InlineData("E-Ink", "E-Ink Square")]
    [InlineData("%", "")]
    [InlineData("_", "")]
    [InlineData("!", "")]
    public async Task Search_looks_for_the_text_itself_in_names_and_descriptions(string text, string found)
    {
        var answer = await store.Catalog.GetAsync($"/catalogue?search={Uri.EscapeDataString(text)}");

        Assert.Equal(found, string.Join(',', Names(answer)));
    }

    [Fact]
    public async Task The_tags_begin_with_the_first_four()
    {
        var answer = await store.Catalog.GetAsync("/catalogue/tags");

        Assert.StartsWith(
            """[{"name":"smart","displayName":"Smart"},{"name":"dress","displayName":"Dress"},{"name":"luxury","displayName":"Luxury"},{"name":"casual","displayName":"Casual"}""",
            answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/catalogue?size=3")]
    [InlineData("/catalogue/tags")]
    [InlineData("/catalogue/product/510a0d7e-8e83-4193-b483-e27e09ddc34d")]
    public async Task A_client_that_has_the_answer_gets_304(string path)
    {
        var first = await store.Catalog.GetAsync(path);
        var tag = first.Header("ETag")!;

        var same = await store.Catalog.GetAsync(path, ("If-None-Match", $"\"other\", {tag}"));
        var other = await store.Catalog.GetAsync(path, ("If-None-Match", "\"other\""));

        Assert.Equal((304, "", tag), (same.Status, same.Text, same.Header("ETag")));
        Assert.Equal((200, first.Text), (other.Status, other.Text));
    }

    [Fact]
    public async Task A_changed_price_is_another_version()
    {
        const string path = "/catalogue/product/6d62d909-f957-430e-8689-b5129c0bb75e";
        var before = await store.Catalog.GetAsync(path);
        await store.SqlAsync("UPDATE catalog.product SET price = price + 1 WHERE name = 'Pocket Watch'");
        try
        {
            var after = await store.Catalog.GetAsync(path, ("If-None-Match", before.Header("ETag")!));
            Assert.Equal((200, 38501), (after.Status, after.Json.GetProperty("price").GetInt32()));
        }
        finally
        {
            await store.SqlAsync("UPDATE catalog.product SET price = price - 1 WHERE name = 'Pocket Watch'");
        }
    }

    private static List<string?> Names(Answer answer) => [.. answer.Json.EnumerateArray().Select(p => p.GetProperty("name").GetString())];

    private static string Tags(JsonElement product) => string.Join(',', product.GetProperty("tag").EnumerateArray().Select(t => t.GetString()));
}
