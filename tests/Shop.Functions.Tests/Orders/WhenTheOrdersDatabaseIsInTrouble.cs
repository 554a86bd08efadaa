using System.Text.RegularExpressions;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;
using Shop.Orders;
using Shop.Rehearsal.Links;
using Shop.Testing;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed partial class WhenTheOrdersDatabaseIsInTrouble(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task A_fenced_writer_means_503_until_it_is_open_again()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
        await store.SqlAsync("SET GLOBAL read_only = 1");
        try
        {
            var refused = await store.Orders.PlaceAsync(SampleOrder.Json());

            Assert.Equal((503, ProblemTypes.Unavailable, "2"), (refused.Status, refused.ProblemType, refused.Header("Retry-After")));
            Assert.Equal(503, (await store.Orders.CancelAsync(_key)).Status);
            Assert.Equal(200, (await store.Orders.GetAsync($"/orders/{_key}")).Status);
        }
        finally
        {
            await store.SqlAsync("SET GLOBAL read_only = 0");
        }

        Assert.Equal(201, (await store.Orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task Without_the_writer_an_order_is_read_from_the_copy_and_the_answer_says_so()
    {
        var customer = $"customer-{_key}";
        await store.Orders.PlaceAsync(SampleOrder.Json(customer), _key);
        using var nowhere = new ClosedPort();
        await using var orders = await StartAsync(nowhere.Endpoint);

        var known = await orders.GetAsync($"/orders/{_key}");
        var unknown = await orders.GetAsync($"/orders/{SampleOrder.NewKey()}");
        var list = await orders.GetAsync($"/orders?customerId={customer}");

        Assert.Equal((200, "reader"), (known.Status, known.Header("X-Read-From")));
        // Not 404: the copy may lag.
        Assert.Equal(503, unknown.Status);
        Assert.Equal((200, 1), (list.Status, list.Json.GetArrayLength()));
        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        Assert.Equal(503, (await orders.GetAsync("/orders/health")).Status);
        Assert.Null((await store.Orders.GetAsync($"/orders/{_key}")).Header("X-Read-From"));
    }

    [Fact]
    public async Task A_writer_that_falls_silent_costs_two_clients_a_wait_the_next_ones_nothing_and_is_used_again_when_it_is_back()
    {
        await using var line = FaultProxy.Start(store.Database.Port);
        await using var orders = await StartAsync(line.Endpoint);
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);
        line.Fault = LinkFault.Blackhole;

        var answers = new List<Answer>();
        while (answers.Count < 2)
        {
            answers.Add(await orders.PlaceAsync(SampleOrder.Json()));
        }

        var accepted = line.AcceptedConnections;
        answers.Add(await orders.PlaceAsync(SampleOrder.Json()));
        Assert.All(answers, a => Assert.Equal((503, "2"), (a.Status, a.Header("Retry-After"))));
        // Told at once: nobody went to the writer for it.
        Assert.Equal(accepted, line.AcceptedConnections);

        line.Fault = LinkFault.Pass;
        await Eventually.HoldsAsync(async () => (await orders.PlaceAsync(SampleOrder.Json(), _key)).Status is 200 or 201);
        Assert.Equal(200, (await orders.GetAsync($"/orders/{_key}")).Status);
    }

    [Fact]
    public async Task A_writer_that_moves_to_another_server_is_followed()
    {
        await using var next = await StoreFixture.NewDatabaseAsync();
        await using (var migrator = await store.MigratorAsync(next))
        {
            Assert.False((await migrator.InvokeAsync("""{"database":"orders","region":"us-west-2"}""")).IsError);
        }

        await using var line = FaultProxy.Start(store.Database.Port);
        await using var orders = await StartAsync(line.Endpoint);
        Assert.Equal(201, (await orders.PlaceAsync(SampleOrder.Json())).Status);

        // The name leads to the new writer; connections to the old one are reset, and it is fenced.
        line.LeadTo(next.Port);
        await store.SqlAsync("SET GLOBAL read_only = 1");
        try
        {
            var placed = await orders.PlaceAsync(SampleOrder.Json(), _key);
            if (placed.Status == 503)
            {
                // What was on the old connection may be lost once, never twice.
                placed = await orders.PlaceAsync(SampleOrder.Json(), _key);
            }

            Assert.Equal(201, placed.Status);
            Assert.Equal(1, await next.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.customer_order WHERE id = '{_key}'", TestContext.Current.CancellationToken));
        }
        finally
        {
            await store.SqlAsync("SET GLOBAL read_only = 0");
            await next.DeleteAsync();
        }
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_read_back()
    {
        await using var line = new CommitCutter(store.Database.Port, deliver: true);
        await using var orders = await StartAsync(line.Endpoint);

        var placed = await orders.PlaceAsync(SampleOrder.Json(), _key);

        Assert.Equal(1, line.Cuts);
        Assert.Equal((201, _key), (placed.Status, placed.Json.GetProperty("id").GetString()));
        Assert.Equal(placed.Text, (await store.Orders.GetAsync($"/orders/{_key}")).Text);
    }

    [Fact]
    public async Task A_commit_that_never_arrived_is_503_with_the_key_to_try_again_with()
    {
        await using var line = new CommitCutter(store.Database.Port, deliver: false);
        await using var orders = await StartAsync(line.Endpoint);
        var order = SampleOrder.Json();

        var lost = await orders.PlaceAsync(order);
        var key = Uuid().Match(lost.Json.GetProperty("detail").GetString()!).Value;
        var again = await orders.PlaceAsync(order, key);

        Assert.Equal(1, line.Cuts);
        Assert.Equal((503, "2"), (lost.Status, lost.Header("Retry-After")));
        Assert.Equal((201, key), (again.Status, again.Json.GetProperty("id").GetString()));
    }

    [Theory]
    [InlineData(1021)]
    [InlineData(1114)]
    public async Task A_full_disk_means_503_until_there_is_room(int error)
    {
        // As the server answers when a file can't grow any more.
        await store.SqlAsync($"CREATE TRIGGER orders.full_disk BEFORE INSERT ON orders.customer_order FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = {error}, MESSAGE_TEXT = 'no room'");
        try
        {
            var refused = await store.Orders.PlaceAsync(SampleOrder.Json(), _key);
            Assert.Equal((503, ProblemTypes.Unavailable, "2"), (refused.Status, refused.ProblemType, refused.Header("Retry-After")));
        }
        finally
        {
            await store.SqlAsync("DROP TRIGGER orders.full_disk");
        }

        Assert.Equal(201, (await store.Orders.PlaceAsync(SampleOrder.Json(), _key)).Status);
    }

    [Fact]
    public async Task Before_the_migration_the_answer_is_503()
    {
        await using var empty = await StoreFixture.NewDatabaseAsync();
        await using var orders = await KestrelFunction.StartAsync(
            OrdersFunction.Build, store.OrdersEnvironment(("DB_WRITER_ENDPOINT", $"127.0.0.1:{empty.Port}"), ("DB_SECRET_ID", "shop-orders-admin")));

        Assert.Equal(503, (await orders.PlaceAsync(SampleOrder.Json())).Status);
    }

    [Fact]
    public async Task Killed_connections_cost_one_request_at_most()
    {
        await store.Orders.PlaceAsync(SampleOrder.Json());
        await store.SqlAsync("KILL USER orders_app");
        var order = SampleOrder.Json();

        var first = await store.Orders.PlaceAsync(order, _key);
        var second = await store.Orders.PlaceAsync(order, _key);

        Assert.True(first.Status is 201 or 503, first.Text);
        Assert.Equal(first.Status == 201 ? 200 : 201, second.Status);
    }

    private Task<KestrelFunction> StartAsync(string writer) =>
        KestrelFunction.StartAsync(OrdersFunction.Build, store.OrdersEnvironment(("DB_WRITER_ENDPOINT", writer)));

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Uuid();
}
