using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Rehearsal.Links;
using Shop.Testing;

namespace Shop.Functions.Tests.Orders;

/// <summary>A former writer that is writable again believes in its own epoch; the control table tells its functions better.</summary>
[Collection(StoreFixture.Name)]
public sealed class WhenAReignHasEnded(StoreFixture store)
{
    private const long DatabaseEpoch = 1;

    [Fact]
    public async Task Orders_are_refused_and_not_kept_and_taken_again_by_the_writer_of_the_newest_reign()
    {
        await using var table = await ReignTable.StartAsync();
        await table.BeginAsync(DatabaseEpoch + 1);
        await using var orders = await StartAsync(table);
        var key = SampleOrder.NewKey();

        var refused = await orders.PlaceAsync(SampleOrder.Json(), key);

        Assert.Equal((503, "2"), (refused.Status, refused.Header("Retry-After")));
        Assert.Equal(0, await CountAsync(key));
        await table.BeginAsync(DatabaseEpoch);
        await using var later = await StartAsync(table);
        Assert.Equal(201, (await later.PlaceAsync(SampleOrder.Json(), key)).Status);
    }

    [Fact]
    public async Task Orders_are_not_cancelled_either()
    {
        await using var table = await ReignTable.StartAsync();
        await using var orders = await StartAsync(table);
        var key = SampleOrder.NewKey();
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json(), key)).Status);

        await table.BeginAsync(DatabaseEpoch + 1);
        await Eventually.HoldsAsync(async () => (await orders.PlaceAsync(SampleOrder.Json())).Status == 503);

        Assert.Equal(503, (await orders.CancelAsync(key)).Status);
        Assert.Equal("placed", await store.ScalarAsync<string>($"SELECT status FROM orders.customer_order WHERE id = '{key}'"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_table_that_can_not_be_read_stops_nobody_and_is_not_asked_for_each_order(bool isSilent)
    {
        await using var table = await ReignTable.StartAsync();
        table.Line.Fault = isSilent ? LinkFault.Blackhole : LinkFault.Cut;
        await using var orders = await StartAsync(table);

        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        var asked = table.Line.AcceptedConnections;
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        }

        // At most once in ten seconds, however slow the machine is today.
        Assert.InRange(table.Line.AcceptedConnections - asked, 0, 10);
    }

    [Fact]
    public async Task A_reign_once_known_is_not_forgotten_when_the_table_goes_away()
    {
        await using var table = await ReignTable.StartAsync();
        await table.BeginAsync(DatabaseEpoch + 1);
        await using var orders = await StartAsync(table);
        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);

        table.Line.Fault = LinkFault.Cut;
        await Task.Delay(TimeSpan.FromSeconds(1.2), TestContext.Current.CancellationToken);

        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    private Task<long> CountAsync(string key) => store.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.customer_order WHERE id = '{key}'");

    private Task<KestrelFunction> StartAsync(ReignTable table) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(table.Environment));
}
