using Shop.Contracts;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Catalog;

[Collection(StoreFixture.Name)]
public sealed class WhenTheCatalogueIsAskedNonsense(StoreFixture store)
{
    public static TheoryData<string> Nasty => NastyText.All;

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=-1", "page")]
    [InlineData("page=abc", "page")]
    [InlineData("page=1.5", "page")]
    [InlineData("page=2147483648", "page")]
    [InlineData("page=1&page=2", "page")]
    [InlineData("size=0", "size")]
    [InlineData("size=101", "size")]
    [InlineData("size=%20", "size")]
    [InlineData("order=price", "order")]
    [InlineData("order=x&page=0&size=-5", "order,page,size")]
    public async Task Every_wrong_parameter_is_named(string query, string fields)
    {
        var answer = await store.Catalog.GetAsync($"/catalogue?{query}");

        Assert.Equal((400, ProblemTypes.InvalidRequest), (answer.Status, answer.ProblemType));
        Assert.Equal(fields, string.Join(',', answer.Fields.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task No_text_is_too_nasty(string text)
    {
        var escaped = Uri.EscapeDataString(text);
        foreach (var path in new[]
        {
            $"/catalogue?tags={escaped}", $"/catalogue?search={escaped}", $"/catalogue?order={escaped}", $"/catalogue?page={escaped}&size={escaped}",
            $"/catalogue/size?tags={escaped}", $"/catalogue/product/{escaped}", $"/catalogue?{escaped}={escaped}",
        })
        {
            var answer = await store.Catalog.GetAsync(path);
            // 414 is the web server's own: nothing that long reaches the function.
            Assert.True(answer.Status is 200 or 400 or 404 or 414, $"{path}: {answer.Status} {answer.Text}");
        }

        Assert.Equal("38", (await store.Catalog.GetAsync("/catalogue")).Header("X-Total-Count"));
    }

    [Theory]
    [InlineData("GET", "/catalogue/product/no-such-product", 404, ProblemTypes.NotFound)]
    [InlineData("GET", "/catalogue/nothing-here", 404, ProblemTypes.NotFound)]
    [InlineData("POST", "/catalogue", 405, ProblemTypes.MethodNotAllowed)]
    [InlineData("DELETE", "/catalogue/product/510a0d7e-8e83-4193-b483-e27e09ddc34d", 405, ProblemTypes.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem(string method, string path, int status, string type)
    {
        var answer = await store.Catalog.SendAsync(new HttpMethod(method), path);

        Assert.Equal((status, type), (answer.Status, answer.ProblemType));
    }
}
