using System.Text;
using System.Text.Json;
using Shop.Carts;
using Shop.Catalog;
using Shop.Checkout;
using Shop.Failover;
using Shop.Functions.Tests.Carts;
using Shop.Functions.Tests.Checkout;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Rehearsal.Routing;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Events;

/// <summary>Every sample in <c>tests/events</c> does what its table says.</summary>
[Collection(StoreFixture.Name)]
public sealed class WhenSampleEventsAreSent(StoreFixture store, CartsUnderTest carts) : IClassFixture<CartsUnderTest>
{
    // Reads two databases that this project doesn't have: Shop.Reconciliation.Tests runs it.
    private static readonly string[] TestedElsewhere = ["reconcile-plan"];
    private static readonly string[] Apis = ["catalog", "carts", "checkout", "orders"];

    [Fact]
    public void Every_sample_is_in_the_table_once() => Assert.Equal(
        Directory.GetFiles(EventSample.Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        EventSample.All.Select(s => s.File).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_load_balancer_event_gets_its_status()
    {
        var redis = (await TestEngines.RedisAsync()).Endpoint;
        await using var catalog = await FunctionDriver.StartAsync((api, stop) => CatalogFunction.RunAsync(api, store.CatalogEnvironment(), stop));
        await using var orders = await FunctionDriver.StartAsync((api, stop) => OrdersFunction.RunAsync(
            api, store.OrdersEnvironment(("CATALOG_URL", store.Catalog.Http.BaseAddress!.ToString())), stop));
        await using var checkout = await FunctionDriver.StartAsync((api, stop) => CheckoutFunction.RunAsync(
            api, CheckoutUnderTest.Environment(redis, store.Catalog.Http.BaseAddress!, store.Orders.Http.BaseAddress!), stop));
        var functions = new Dictionary<string, FunctionDriver> { ["catalog"] = catalog, ["carts"] = carts.Function, ["checkout"] = checkout, ["orders"] = orders };

        var answers = new List<string>();
        foreach (var sample in EventSample.All.Where(s => Apis.Contains(s.Function)))
        {
            var result = await functions[sample.Function].InvokeAsync(sample.Read());
            var answer = JsonElement.Parse(result.Payload.Span);
            answers.Add($"{sample.File} {(result.IsError ? answer.ToString() : answer.GetProperty("statusCode").GetInt32())}");
        }

        Assert.True(answers.Count >= 12);
        Assert.Equal(EventSample.All.Where(s => Apis.Contains(s.Function)).Select(s => $"{s.File} {s.Answer}"), answers);
    }

    [Fact]
    public async Task The_base64_body_adds_to_the_line_that_the_plain_one_made()
    {
        foreach (var sample in EventSample.All.Where(s => s.File.StartsWith("cart-add", StringComparison.Ordinal)))
        {
            await carts.Function.InvokeAsync(sample.Read());
        }

        var quantity = (await CartAsync()).GetProperty("items")[0].GetProperty("quantity").GetInt32();

        Assert.True(quantity >= 2 && quantity % 2 == 0, $"{quantity}");
    }

    [Fact]
    public async Task Each_tasks_input_is_taken()
    {
        var cluster = new ArcCluster(["us-east-1", "us-west-2"], TimeSpan.Zero, TimeProvider.System);
        await using var arc = await ArcEndpoints.StartAsync(cluster, [], TestContext.Current.CancellationToken);
        var samples = EventSample.All.Where(s => !Apis.Contains(s.Function) && !TestedElsewhere.Contains(s.Function)).ToList();
        Assert.True(samples.Count >= 4);

        foreach (var sample in samples)
        {
            await using var function = sample.Function == "migrate-orders" ? await store.MigratorAsync(store.Database) : await FailoverAsync(sample, arc);
            var result = await function.InvokeAsync(sample.Read());

            Assert.Equal("ok", sample.Answer);
            Assert.False(result.IsError, $"{sample.File}: {Encoding.UTF8.GetString(result.Payload.Span)}");
        }
    }

    // evaluate-preflight -> EvaluatePreflight, as the host names them the other way round.
    private static Task<FunctionDriver> FailoverAsync(EventSample sample, ArcEndpoints arc)
    {
        var environment = new Dictionary<string, string?>
        {
            ["_HANDLER"] = string.Concat(sample.Function.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..])),
            ["AWS_REGION"] = StoreFixture.Region,
            ["AWS_ACCESS_KEY_ID"] = "test",
            ["AWS_SECRET_ACCESS_KEY"] = "test",
            ["ARC_ENDPOINTS"] = string.Join(',', arc.All.Select(e => $"{e.Region}={e.Address}")),
        };
        return FunctionDriver.StartAsync((api, stop) => FailoverFunction.RunAsync(api, environment, stop));
    }

    private async Task<JsonElement> CartAsync()
    {
        using var answer = await carts.Function.SendAsync(HttpMethod.Get, "/carts/sample-customer");
        return await answer.ReadJsonAsync();
    }
}
