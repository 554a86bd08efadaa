using Shop.Contracts;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenOrdersAreCancelled(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task The_order_is_cancelled_once_with_one_event()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);

        var answers = new[] { await store.Orders.CancelAsync(_key), await store.Orders.CancelAsync(_key) };

        Assert.All(answers, a => Assert.Equal((200, "cancelled"), (a.Status, a.Json.GetProperty("status").GetString())));
        Assert.Equal(answers[0].Text, (await store.Orders.GetAsync($"/orders/{_key}")).Text);
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task Many_at_once_cancel_once()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.Orders.CancelAsync(_key)));

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.Equal(1, await CountEventsAsync());
    }

    [Fact]
    public async Task After_half_an_hour_it_is_too_late()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await store.SqlAsync($"UPDATE orders.customer_order SET created_on = created_on - INTERVAL 31 MINUTE WHERE id = '{_key}'");

        var answer = await store.Orders.CancelAsync(_key);

        Assert.Equal((409, ProblemTypes.Conflict), (answer.Status, answer.ProblemType));
        Assert.Equal("placed", (await store.Orders.GetAsync($"/orders/{_key}")).Json.GetProperty("status").GetString());
        Assert.Equal(0, await CountEventsAsync());
    }

    [Fact]
    public async Task A_cancelled_order_moves_to_the_end_that_reconciliation_looks_at_first()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await store.SqlAsync($"UPDATE orders.customer_order SET updated_at = '2000-01-01' WHERE id = '{_key}'");

        await store.Orders.CancelAsync(_key);

        Assert.Equal(1, await store.ScalarAsync<long>(
            $"SELECT updated_at > UTC_TIMESTAMP(6) - INTERVAL 1 HOUR FROM orders.customer_order WHERE id = '{_key}'"));
    }

    [Fact]
    public async Task A_replayed_request_does_not_bring_a_cancelled_order_back()
    {
        var order = SampleOrder.Json();
        await store.Orders.PlaceAsync(order, _key);
        await store.Orders.CancelAsync(_key);

        var replay = await store.Orders.PlaceAsync(order, _key);

        Assert.Equal((200, "cancelled"), (replay.Status, replay.Json.GetProperty("status").GetString()));
    }

    private Task<long> CountEventsAsync() => store.ScalarAsync<long>(
        $"SELECT COUNT(*) FROM orders.outbox WHERE order_id = '{_key}' AND type = 'OrderCancelledEvent'");
}
