using System.Net;
using System.Text;
using Shop.Testing;

namespace Shop.Functions.Tests.Carts;

public sealed class WhenCartRequestsAreWrong(CartsUnderTest carts) : IClassFixture<CartsUnderTest>
{
    [Theory]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":0,"unitPrice":1}""", "quantity")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1001,"unitPrice":1}""", "quantity")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":"2","unitPrice":1}""", "quantity")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1.5,"unitPrice":1}""", "quantity")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":99999999999,"unitPrice":1}""", "quantity")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1,"unitPrice":-1}""", "unitPrice")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1,"unitPrice":9223372036854775807}""", "unitPrice")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a","quantity":1}""", "unitPrice")]
    [InlineData("POST", "/carts/c/items", """{"quantity":1,"unitPrice":1}""", "itemId")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"","quantity":1,"unitPrice":1}""", "itemId")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a:b","quantity":1,"unitPrice":1}""", "itemId")]
    [InlineData("POST", "/carts/c/items", """{"itemId":"a' OR 1=1 --","quantity":1,"unitPrice":1}""", "itemId")]
    [InlineData("POST", "/carts/c/items", """{"itemId":{},"quantity":1,"unitPrice":1}""", "itemId")]
    [InlineData("POST", "/carts/c/items", "[]", "$")]
    [InlineData("POST", "/carts/c/items", "{", "$")]
    [InlineData("POST", "/carts/c/items", "null", "$")]
    [InlineData("POST", "/carts/a:b/items", """{"itemId":"a","quantity":1,"unitPrice":1}""", "customerId")]
    [InlineData("PATCH", "/carts/c/items", """{"itemId":"a"}""", "quantity")]
    [InlineData("PATCH", "/carts/c/items", """{"itemId":"a","quantity":-3}""", "quantity")]
    [InlineData("GET", "/carts/a%3Ab", null, "customerId")]
    [InlineData("GET", "/carts/%00", null, "customerId")]
    [InlineData("GET", "/carts/c/items/%E2%82%AC", null, "itemId")]
    [InlineData("DELETE", "/carts/c%20d", null, "customerId")]
    [InlineData("DELETE", "/carts/c/items/a%2Fb", null, "itemId")]
    [InlineData("POST", "/carts/c/merge", null, "sessionId")]
    [InlineData("POST", "/carts/c/merge?sessionId=a:b", null, "sessionId")]
    public async Task The_field_is_named(string method, string path, string? body, string field)
    {
        using var answer = await carts.Function.SendAsync(new HttpMethod(method), path, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.ReadJsonAsync();
        Assert.Equal("urn:shop:problem:invalid-request", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        using var answer = await carts.Function.SendAsync(HttpMethod.Post, "/carts/a:b/items", """{"itemId":"?","quantity":0,"unitPrice":-1}""");

        var errors = (await answer.ReadJsonAsync()).GetProperty("errors");
        Assert.Equal(["customerId", "itemId", "quantity", "unitPrice"], errors.EnumerateObject().Select(e => e.Name).Order());
    }

    [Theory]
    [InlineData("PUT", "/carts/c", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/carts/c/items/a/b", HttpStatusCode.NotFound)]
    [InlineData("GET", "/carts", HttpStatusCode.NotFound)]
    public async Task Wrong_routes_and_methods_are_problems(string method, string path, HttpStatusCode expected)
    {
        using var answer = await carts.Function.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/carts/c/items") { Content = new StringContent("a=1", Encoding.UTF8, "text/plain") };
        using var answer = await carts.Function.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused()
    {
        using var answer = await carts.Function.SendAsync(
            HttpMethod.Post, "/carts/c/items", $$"""{"itemId":"{{new string('a', 1024 * 1024)}}","quantity":1,"unitPrice":1}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        using var answer = await carts.Function.SendAsync(HttpMethod.Get, "/carts/openapi.json");

        var paths = (await answer.ReadJsonAsync()).GetProperty("paths").EnumerateObject().Select(p => p.Name);
        Assert.Contains("/carts/{customerId}/items/{itemId}", paths);
    }
}
