using Shop.Checkout;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Checkout;

/// <summary>The checkout function on a real Redis, between catalog and orders of the test's own.</summary>
internal sealed class CheckoutUnderTest : IAsyncDisposable
{
    public const string Address =
        """{"firstName":"Ann","lastName":"O'Neil","address1":"1 Main St","city":"Seattle","state":"WA","zip":"98101"}""";

    private CheckoutUnderTest(FakeStore store, FunctionDriver function)
    {
        Store = store;
        Function = function;
    }

    public FakeStore Store { get; }

    public FunctionDriver Function { get; }

    public string Customer { get; } = $"customer-{Guid.CreateVersion7():N}";

    public static async Task<CheckoutUnderTest> StartAsync(string? redis = null)
    {
        redis ??= (await TestEngines.RedisAsync()).Endpoint;
        var store = await FakeStore.StartAsync();
        var function = await FunctionDriver.StartAsync(
            (api, stop) => CheckoutFunction.RunAsync(api, Environment(redis, store.Address, store.Address), stop));
        return new CheckoutUnderTest(store, function);
    }

    public static Dictionary<string, string?> Environment(string redis, Uri catalog, Uri orders) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["REDIS_ENDPOINT"] = redis,
        ["REDIS_TLS"] = "false",
        ["CATALOG_URL"] = catalog.ToString(),
        ["ORDERS_URL"] = orders.ToString(),
        ["AWS_LAMBDA_LOG_LEVEL"] = "FATAL",
    };

    public Task<HttpResponseMessage> GetAsync() => Function.SendAsync(HttpMethod.Get, $"/checkout/{Customer}");

    public Task<HttpResponseMessage> UpdateAsync(string json) => Function.SendAsync(HttpMethod.Post, $"/checkout/{Customer}/update", json);

    /// <summary>Everything entered: two watches and a belt by express.</summary>
    public async Task FillAsync()
    {
        using var answer = await UpdateAsync($$"""
            {"customerEmail":"ann@example.com","items":[{"id":"watch","quantity":2},{"id":"belt","quantity":1}],
             "shippingAddress":{{Address}},"deliveryOptionToken":"priority-mail-express"}
            """);
        Assert.Equal(201, (int)answer.StatusCode);
    }

    public Task<HttpResponseMessage> SubmitAsync(string? key = null, string? customer = null) => Function.SendAsync(
        HttpMethod.Post, $"/checkout/{customer ?? Customer}/submit", null, key is null ? [] : [("Idempotency-Key", key)]);

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await Store.DisposeAsync();
    }
}
