using System.Net;
using Shop.Checkout;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Supervision;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Checkout;

public sealed class WhenAStoreIsAway
{
    private const string Update = """{"items":[{"id":"watch","quantity":1}]}""";

    [Fact]
    public async Task A_broken_catalog_is_unavailable_and_nothing_is_changed()
    {
        await using var checkout = await CheckoutUnderTest.StartAsync();
        using var before = await checkout.UpdateAsync(Update);
        checkout.Store.IsCatalogBroken = true;

        using var answer = await checkout.UpdateAsync("""{"items":[{"id":"watch","quantity":2}]}""");

        AssertUnavailable(answer);
        using var after = await checkout.GetAsync();
        Assert.Equal(await before.ReadTextAsync(), await after.ReadTextAsync());
    }

    [Fact]
    public async Task Nobody_at_the_other_end_is_unavailable()
    {
        using var port = PortAllocator.Shared.Lease();
        var nowhere = new Uri($"http://127.0.0.1:{port.Port}");
        var redis = await TestEngines.RedisAsync();
        await using var function = await FunctionDriver.StartAsync(
            (api, stop) => CheckoutFunction.RunAsync(api, CheckoutUnderTest.Environment(redis.Endpoint, nowhere, nowhere), stop));

        using var update = await function.SendAsync(HttpMethod.Post, "/checkout/c-nobody/update", Update);
        using var replay = await function.SendAsync(
            HttpMethod.Post, "/checkout/c-nobody/submit", null, ("Idempotency-Key", Guid.CreateVersion7().ToString()));

        AssertUnavailable(update);
        AssertUnavailable(replay);
    }

    [Fact]
    public async Task Redis_away_is_unavailable_until_it_is_back()
    {
        await using var redis = await RedisServer.StartAsync(TestEngines.Host, TestEngines.Name("redis"), TestContext.Current.CancellationToken);
        await using var checkout = await CheckoutUnderTest.StartAsync(redis.Endpoint);
        await checkout.FillAsync();

        await redis.KillAsync();
        await Eventually.HoldsAsync(async () => await StatusAsync(checkout) == HttpStatusCode.ServiceUnavailable);
        using var answer = await checkout.GetAsync();
        AssertUnavailable(answer);
        using var health = await checkout.Function.SendAsync(HttpMethod.Get, "/checkout/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);

        await redis.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync(async () => await StatusAsync(checkout) == HttpStatusCode.NotFound);
        await checkout.FillAsync();
    }

    [Fact]
    public async Task Redis_away_at_the_start_is_unavailable_until_it_is_there()
    {
        await using var redis = await RedisServer.StartAsync(TestEngines.Host, TestEngines.Name("redis"), TestContext.Current.CancellationToken);
        await redis.KillAsync();
        await using var checkout = await CheckoutUnderTest.StartAsync(redis.Endpoint);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(checkout));

        await redis.StartAsync(TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(async () => await StatusAsync(checkout) == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_order_that_was_placed_is_answered_though_redis_is_gone()
    {
        await using var redis = await RedisServer.StartAsync(TestEngines.Host, TestEngines.Name("redis"), TestContext.Current.CancellationToken);
        await using var checkout = await CheckoutUnderTest.StartAsync(redis.Endpoint);
        await checkout.FillAsync();
        checkout.Store.OrderPlaced = redis.KillAsync;

        using var answer = await checkout.SubmitAsync(Guid.CreateVersion7().ToString());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(CheckoutUnderTest checkout)
    {
        using var answer = await checkout.GetAsync();
        return answer.StatusCode;
    }

    private static void AssertUnavailable(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("2", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
