using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Shop.Contracts;
using Shop.Functions.Tests.Stores;

namespace Shop.Functions.Tests.Orders;

[Collection(StoreFixture.Name)]
public sealed class WhenAnOrderIsSentTwice(StoreFixture store)
{
    private readonly string _key = SampleOrder.NewKey();

    [Fact]
    public async Task The_first_answer_is_given_again_and_marked()
    {
        var order = SampleOrder.Json();
        var first = await store.Orders.PlaceAsync(order, _key);

        var second = await store.Orders.PlaceAsync(order, _key);

        Assert.Null(first.Header("Idempotent-Replay"));
        Assert.Equal((200, "true", first.Text), (second.Status, second.Header("Idempotent-Replay"), second.Text));
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Another_spelling_of_the_same_content_is_the_same_order()
    {
        var order = SampleOrder.Json();
        await store.Orders.PlaceAsync(order, _key);
        order["items"] = new JsonArray([.. order["items"]!.AsArray().Reverse().Select(i => i!.DeepClone())]);
        order["ignored"] = true;

        Assert.Equal(200, (await store.Orders.PlaceAsync(order, _key.ToUpperInvariant())).Status);
    }

    [Theory]
    [InlineData("firstName")]
    [InlineData("email")]
    [InlineData("customerId")]
    public async Task Other_content_under_the_same_key_is_a_mismatch(string field)
    {
        var order = SampleOrder.Json();
        var first = await store.Orders.PlaceAsync(order, _key);
        order[field] = "other@example.com";

        var second = await store.Orders.PlaceAsync(order, _key);

        Assert.Equal((422, ProblemTypes.IdempotencyMismatch), (second.Status, second.ProblemType));
        Assert.Equal(first.Text, (await store.Orders.GetAsync($"/orders/{_key}")).Text);
    }

    [Fact]
    public async Task Another_address_or_shipping_is_other_content()
    {
        var order = SampleOrder.Json();
        await store.Orders.PlaceAsync(order, _key);
        var moved = order.DeepClone().AsObject();
        moved["shippingAddress"]!["zip"] = "98102";
        (order["shipping"], order["total"]) = (1500, 178950);

        Assert.Equal(422, (await store.Orders.PlaceAsync(moved, _key)).Status);
        Assert.Equal(422, (await store.Orders.PlaceAsync(order, _key)).Status);
    }

    [Fact]
    public async Task Fifty_at_once_make_one_order()
    {
        var order = SampleOrder.Json();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => store.Orders.PlaceAsync(order, _key)));

        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(49, answers.Count(a => a.Status == 200 && a.Header("Idempotent-Replay") == "true"));
        Assert.Single(answers.Select(a => a.Text).Distinct());
        Assert.Equal(1, await CountAsync());
        Assert.Equal(1, await store.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.outbox WHERE order_id = '{_key}'"));
    }

    [Fact]
    public async Task Two_orders_that_race_for_a_key_leave_one_whole_winner()
    {
        var (one, two) = (SampleOrder.Json("one"), SampleOrder.Json("two"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => store.Orders.PlaceAsync(i % 2 == 0 ? one : two, _key)));

        var winner = Assert.Single(answers, a => a.Status == 201).Json.GetProperty("customerId").GetString();
        Assert.Equal((24, 25), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 422)));
        Assert.All(answers.Where(a => a.Status == 200), a => Assert.Equal(winner, a.Json.GetProperty("customerId").GetString()));
        Assert.Equal(1, await CountAsync());
    }

    /// <summary><c>DUPLICATE_SUBMISSIONS</c> asks for more than what a test run should take; <c>make bench</c> sends 10,000 through the load balancer.</summary>
    [Fact]
    public async Task Any_mix_of_duplicates_and_imposters_leaves_one_order_a_key_and_every_answer_tells_of_it()
    {
        var submissions = int.Parse(Environment.GetEnvironmentVariable("DUPLICATE_SUBMISSIONS") ?? "1000", CultureInfo.InvariantCulture);
        const int perBatch = 100;
        await Gen.Select(Gen.Int[1, 8], Gen.Int[0, 7].Array[perBatch], Gen.Bool.Array[perBatch]).SampleAsync(
            async (keyCount, picks, imposters) =>
            {
                var keys = Enumerable.Range(0, keyCount).Select(_ => SampleOrder.NewKey()).ToArray();
                var (mine, other) = (SampleOrder.Json("mine"), SampleOrder.Json("other"));

                var answers = await Task.WhenAll(picks.Select(async (pick, i) =>
                    (Key: keys[pick % keyCount], Sent: imposters[i] ? "other" : "mine", Answer: await store.Orders.PlaceAsync(imposters[i] ? other : mine, keys[pick % keyCount]))));

                foreach (var group in answers.GroupBy(a => a.Key))
                {
                    var first = Assert.Single(group, a => a.Answer.Status == 201);
                    Assert.All(group.Where(a => a.Sent == first.Sent && a != first), a => Assert.Equal((200, first.Answer.Text), (a.Answer.Status, a.Answer.Text)));
                    Assert.All(group.Where(a => a.Sent != first.Sent), a => Assert.Equal(422, a.Answer.Status));
                    Assert.Equal(
                        $"1 {first.Sent} 1",
                        await store.ScalarAsync<string>(
                            $"""
                            SELECT CONCAT(COUNT(*), ' ', MIN(customer_id), ' ', (SELECT COUNT(*) FROM orders.outbox WHERE order_id = '{group.Key}'))
                            FROM orders.customer_order WHERE id = '{group.Key}'
                            """));
                }
            },
            iter: Math.Max(submissions / perBatch, 1),
            threads: 1);
    }

    private Task<long> CountAsync() => store.ScalarAsync<long>($"SELECT COUNT(*) FROM orders.customer_order WHERE id = '{_key}'");
}
