using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Testing;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenOrdersRunAsALambdaFunction(StoreFixture store)
{
    [Fact]
    public async Task Load_balancer_events_place_and_read_orders()
    {
        await using var function = await FunctionDriver.StartAsync((api, stop) => OrdersFunction.RunAsync(api, store.OrdersEnvironment(), stop));
        var key = SampleOrder.NewKey();
        using var placed = await function.SendAsync(HttpMethod.Post, "/orders", SampleOrder.Json().ToJsonString(), ("Idempotency-Key", key));
        using var read = await function.SendAsync(HttpMethod.Get, $"/orders/{key}");

        var (created, found) = (await Answer.ReadAsync(placed), await Answer.ReadAsync(read));

        Assert.Equal((201, $"/orders/{key}", "us-east-1"), (created.Status, created.Header("Location"), created.Header("X-Region")));
        Assert.Equal((200, created.Text), (found.Status, found.Text));
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused()
    {
        await using var function = await FunctionDriver.StartAsync((api, stop) => OrdersFunction.RunAsync(api, store.OrdersEnvironment(), stop));
        using var huge = await function.SendAsync(HttpMethod.Post, "/orders", $"{{\"firstName\":\"{new string('x', 1024 * 1024)}\"}}");

        var answer = await Answer.ReadAsync(huge);

        Assert.Equal((413, ProblemTypes.PayloadTooLarge), (answer.Status, answer.ProblemType));
    }

    [Theory]
    [InlineData("AWS_REGION", "")]
    [InlineData("BROKER_ENDPOINT", "http://somewhere")]
    [InlineData("BROKER_SECRET_ID", "")]
    [InlineData("DB_NAME", "")]
    [InlineData("DB_SECRET_ID", "")]
    [InlineData("DB_WRITER_ENDPOINT", "nowhere")]
    [InlineData("DB_SSL_MODE", "Sometimes")]
    [InlineData("CATALOG_URL", "catalog")]
    [InlineData("ORDERS_LIST_ALL", "yes")]
    public void A_wrong_setting_stops_the_start_and_is_named(string variable, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => OrdersFunction.Build(store.OrdersEnvironment((variable, value))));

        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
    }
}
