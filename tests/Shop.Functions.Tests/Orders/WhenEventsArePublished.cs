using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Testing;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenEventsArePublished(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task An_order_and_its_cancellation_are_told_right_after_the_commit()
    {
        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        var created = await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await store.Orders.CancelAsync(_key);

        var events = await queue.DrainAsync(_key);

        Assert.Equal([OrderEvent.Created, OrderEvent.Cancelled], events.Select(e => e.Properties.Type));
        var told = JsonDocument.Parse(events[0].Body).RootElement;
        Assert.Equal(events[0].Properties.MessageId, told.GetProperty("eventId").GetString());
        Assert.Equal(("application/json", true), (events[0].Properties.ContentType, events[0].Properties.Persistent));
        Assert.Equal(OrderEvent.Created, told.GetProperty("type").GetString());
        Assert.True(JsonElement.DeepEquals(created.Json, told.GetProperty("order")));
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task A_message_carries_the_correlation_id_of_the_request_at_once_and_from_the_outbox()
    {
        var later = SampleOrder.NewKey();
        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        using (var request = Order(_key, "page-7"))
        using (var answer = await store.Orders.Http.SendAsync(request, TestContext.Current.CancellationToken))
        {
            Assert.Equal("page-7", Assert.Single(answer.Headers.GetValues("X-Correlation-Id")));
        }

        using var nowhere = new ClosedPort();
        await using (var brokerless = await StartAsync(nowhere.Endpoint))
        using (var request = Order(later, "page-8"))
        using (await brokerless.Http.SendAsync(request, TestContext.Current.CancellationToken))
        {
            // Its event waits in the outbox.
        }

        await RelayAsync();

        var events = await queue.DrainAsync();
        Assert.Equal("page-7", Assert.Single(events, e => e.Body.Contains(_key, StringComparison.Ordinal)).Properties.CorrelationId);
        Assert.Equal("page-8", Assert.Single(events, e => e.Body.Contains(later, StringComparison.Ordinal)).Properties.CorrelationId);
    }

    private static HttpRequestMessage Order(string key, string correlation) => new(HttpMethod.Post, "/orders")
    {
        Content = new StringContent(SampleOrder.Json().ToJsonString(), Encoding.UTF8, "application/json"),
        Headers = { { "Idempotency-Key", key }, { "X-Correlation-Id", correlation } },
    };

    [Fact]
    public async Task Without_a_broker_orders_are_acknowledged_and_told_later()
    {
        using var nowhere = new ClosedPort();
        await using var orders = await StartAsync(nowhere.Endpoint);
        var answers = new[] { await orders.PlaceAsync(SampleOrder.Json(), _key), await orders.PlaceAsync(SampleOrder.Json()) };
        var health = await orders.GetAsync("/orders/health");
        Assert.All(answers, a => Assert.Equal(201, a.Status));
        Assert.Equal(1, await PendingAsync());
        Assert.Equal((200, "unavailable"), (health.Status, health.Json.GetProperty("dependencies").GetProperty("broker").GetString()));

        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        var result = await RelayAsync();

        Assert.True(result.GetProperty("published").GetInt32() >= 2);
        Assert.Equal(0, result.GetProperty("pending").GetInt32());
        Assert.Single(await queue.DrainAsync(_key));
    }

    [Fact]
    public async Task A_broker_that_never_answers_costs_one_client_a_second_and_the_next_ones_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var orders = await StartAsync(silent.LocalEndpoint.ToString()!);
        var clock = Stopwatch.StartNew();
        var first = await orders.PlaceAsync(SampleOrder.Json());
        var waited = clock.Elapsed;

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        }

        Assert.Equal(201, first.Status);
        Assert.True(waited > TimeSpan.FromSeconds(0.9), $"It gave up after {waited}.");
        // Had each of them tried, it would have been twenty seconds.
        Assert.True(clock.Elapsed - waited < TimeSpan.FromSeconds(15), $"Twenty orders took {clock.Elapsed - waited}.");
        await RelayAsync();
    }

    [Fact]
    public async Task Two_relays_at_once_send_each_event_with_the_id_it_was_given()
    {
        await RelayAsync();
        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        await queue.DrainAsync();
        await store.SqlAsync(
            """
            INSERT INTO orders.outbox (event_id, order_id, type, occurred_on, body)
            SELECT CONCAT('00000000-0000-7000-8000-', LPAD(seq, 12, '0')), UUID(), 'OrderCreatedEvent', UTC_TIMESTAMP(6), LPAD(seq, 12, '0') FROM orders.seq_1_to_500
            """);
        try
        {
            var results = await Task.WhenAll(RelayAsync(), RelayAsync());

            var events = await queue.DrainAsync();
            Assert.Equal(500, events.Select(e => e.Properties.MessageId).Distinct().Count());
            Assert.All(events, e => Assert.EndsWith(e.Body, e.Properties.MessageId, StringComparison.Ordinal));
            Assert.Equal(500, results.Sum(r => r.GetProperty("published").GetInt32()));
            Assert.Equal(0, await store.ScalarAsync<long>("SELECT COUNT(*) FROM orders.outbox WHERE sent_at IS NULL"));
        }
        finally
        {
            await store.SqlAsync("DELETE FROM orders.outbox WHERE event_id LIKE '00000000-0000-7000-8000-%'");
        }
    }

    [Fact]
    public async Task An_event_that_is_sent_again_has_the_same_id_and_body()
    {
        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await ForgetSendingAsync();

        await RelayAsync();

        var events = await queue.DrainAsync(_key);
        Assert.Equal(2, events.Count);
        Assert.Equal((events[0].Properties.MessageId, events[0].Body), (events[1].Properties.MessageId, events[1].Body));
    }

    [Fact]
    public async Task A_relay_without_a_broker_fails_by_name_and_keeps_the_events()
    {
        using var nowhere = new ClosedPort();
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await ForgetSendingAsync();
        await using var relay = await StartRelayAsync($"amqp://{nowhere.Endpoint}/shop-test");

        var result = await relay.InvokeAsync("{}");

        Assert.True(result.IsError);
        Assert.Contains("Shop.DependencyUnavailable", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
        Assert.Equal(1, await PendingAsync());
        await RelayAsync();
        Assert.Equal(0, await PendingAsync());
    }

    [Fact]
    public async Task A_fenced_database_does_not_make_the_relay_send_again_and_again()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await RelayAsync();
        await ForgetSendingAsync();
        await using var queue = await OrdersQueue.OpenAsync(store.Broker);
        await queue.DrainAsync();
        await using var relay = await StartRelayAsync(store.Broker.ToString());
        await store.SqlAsync("SET GLOBAL read_only = 1");
        try
        {
            Assert.True((await relay.InvokeAsync("{}")).IsError);
        }
        finally
        {
            await store.SqlAsync("SET GLOBAL read_only = 0");
        }

        Assert.Empty(await queue.DrainAsync());
        Assert.Equal("""{"published":1,"pending":0}""", Encoding.UTF8.GetString((await relay.InvokeAsync("{}")).Payload.Span));
        Assert.Single(await queue.DrainAsync());
    }

    private Task<KestrelFunction> StartAsync(string broker) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("BROKER_ENDPOINT", $"amqp://{broker}/shop-test")));

    private Task<FunctionDriver> StartRelayAsync(string broker) => FunctionDriver.StartAsync(
        (api, stop) => OrdersFunction.RunAsync(api, store.OrdersEnvironment(("_HANDLER", "RelayOutbox"), ("BROKER_ENDPOINT", broker)), stop));

    private async Task<JsonElement> RelayAsync()
    {
        await using var relay = await StartRelayAsync(store.Broker.ToString());
        var result = await relay.InvokeAsync("{}");
        var text = Encoding.UTF8.GetString(result.Payload.Span);
        Assert.False(result.IsError, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private Task ForgetSendingAsync() => store.SqlAsync($"UPDATE orders.outbox SET sent_at = NULL WHERE order_id = '{_key}'");

    private Task<long> PendingAsync() =>
        store.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.outbox WHERE order_id = '{_key}' AND sent_at IS NULL");
}
