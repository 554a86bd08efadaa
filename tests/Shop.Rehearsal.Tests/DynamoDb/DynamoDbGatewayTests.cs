using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.DynamoDb;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.DynamoDb;

public sealed class DynamoDbGatewayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_write_reaches_the_other_Region()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("a", "1");
        await regions.East.PutAsync("gone", "1");
        await regions.East.DeleteAsync("gone");
        await regions.West.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = "carts",
                Key = new() { ["id"] = new("b") },
                UpdateExpression = "SET #v = :v ADD n :n",
                ExpressionAttributeNames = new() { ["#v"] = "value" },
                ExpressionAttributeValues = new() { [":v"] = new("2"), [":n"] = new AttributeValue { N = "5" } },
            },
            Token);
        await regions.West.Client.BatchWriteItemAsync(
            new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>>
            {
                ["carts"] = [.. Enumerable.Range(0, 5).Select(i => new WriteRequest(new PutRequest(TwoRegions.Side.Item($"c{i}", "3"))))],
            }),
            Token);

        await regions.QuietAsync();

        Assert.Equal("a=1 b=25 c0=3 c1=3 c2=3 c3=3 c4=3", await regions.East.ItemsAsync());
        Assert.Equal(await regions.East.ItemsAsync(), await regions.West.ItemsAsync());
        Assert.Equal(TimeSpan.Zero, regions.East.Gateway.ReplicationLag);
    }

    [Fact]
    public async Task The_index_works_in_the_other_Region()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("a", "1");
        await regions.QuietAsync();

        var answer = await regions.West.Client.QueryAsync(
            new QueryRequest
            {
                TableName = "carts",
                IndexName = "idx_global_customerId",
                KeyConditionExpression = "customerId = :c",
                ExpressionAttributeValues = new() { [":c"] = new("c") },
            },
            Token);

        Assert.Equal("a", Assert.Single(answer.Items)["id"].S);
    }

    [Fact]
    public async Task Writes_wait_while_the_link_is_cut_and_arrive_when_it_is_healed()
    {
        await using var regions = await TwoRegions.StartAsync();
        regions.Cut();
        for (var i = 0; i < 250; i++)
        {
            await regions.East.PutAsync($"i{i}", "1");
        }

        Assert.Equal(250, regions.East.Gateway.Pending);
        Assert.True(regions.East.Gateway.ReplicationLag > TimeSpan.Zero);
        Assert.Equal("", await regions.West.ItemsAsync());

        regions.Heal();
        await regions.QuietAsync();
        Assert.Equal(await regions.East.ItemsAsync(), await regions.West.ItemsAsync());
    }

    [Fact]
    public async Task The_last_writer_wins_and_a_deletion_is_a_write()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("kept", "0");
        await regions.East.PutAsync("gone", "0");
        await regions.QuietAsync();
        regions.Cut();
        await regions.East.PutAsync("kept", "east");
        await regions.East.PutAsync("gone", "east");
        await regions.West.PutAsync("kept", "west");
        await regions.West.DeleteAsync("gone");

        regions.Heal();
        await regions.QuietAsync();

        Assert.Equal("kept=west", await regions.East.ItemsAsync());
        Assert.Equal("kept=west", await regions.West.ItemsAsync());
    }

    [Fact]
    public async Task A_refused_write_replicates_nothing()
    {
        await using var regions = await TwoRegions.StartAsync();
        regions.Cut();

        await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => regions.East.Client.PutItemAsync(
            new PutItemRequest("carts", TwoRegions.Side.Item("a", "1")) { ConditionExpression = "attribute_exists(id)" }, Token));
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => regions.East.Client.PutItemAsync("none", TwoRegions.Side.Item("a", "1"), Token));

        Assert.Equal(0, regions.East.Gateway.Pending);
    }

    [Fact]
    public async Task Regions_that_were_parted_agree_after_any_concurrent_writes()
    {
        await using var regions = await TwoRegions.StartAsync();
        var seed = Environment.TickCount;
        for (var round = 0; round < 4; round++)
        {
            var writers = Enumerable.Range(0, 8).Select(async w =>
            {
                var random = new Random(HashCode.Combine(seed, round, w));
                for (var i = 0; i < 25; i++)
                {
                    var side = random.Next(2) == 0 ? regions.East : regions.West;
                    var id = $"k{random.Next(12)}";
                    await (random.Next(3) == 0 ? side.DeleteAsync(id) : side.PutAsync(id, $"{round}.{w}.{i}"));
                }
            });
            var faults = Task.Run(
                async () =>
                {
                    await Task.Delay(20, Token);
                    (round % 2 == 0 ? regions.EastToWest : regions.WestToEast).Cut();
                    await Task.Delay(50, Token);
                    regions.Cut();
                },
                Token);
            await Task.WhenAll([.. writers, faults]);

            regions.Heal();
            await regions.QuietAsync();
            Assert.True(await regions.East.ItemsAsync() == await regions.West.ItemsAsync(), $"Tables differ in round {round} of seed {seed}.");
        }

        Assert.NotEqual("", await regions.East.ItemsAsync());
    }

    [Fact]
    public async Task A_lost_Region_answers_nobody_and_catches_up_both_ways_when_it_is_back()
    {
        await using var regions = await TwoRegions.StartAsync();
        regions.Cut();
        await regions.East.PutAsync("unsent", "1");
        regions.East.Power.TurnOff();
        await regions.East.Engine.KillAsync();
        regions.Heal();

        await Assert.ThrowsAnyAsync<Exception>(() => regions.East.PutAsync("a", "1"));
        await regions.West.PutAsync("b", "1");
        Assert.Equal("b=1", await regions.West.ItemsAsync());

        await regions.East.Engine.StartAsync(Token);
        await regions.East.Gateway.EnsureTableAsync(TableDefinition.Carts, Token);
        regions.East.Power.TurnOn();

        await regions.QuietAsync();
        Assert.Equal("b=1 unsent=1", await regions.East.ItemsAsync());
        Assert.Equal("b=1 unsent=1", await regions.West.ItemsAsync());
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_replicates_too()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("a", "1");
        await regions.QuietAsync();
        regions.East.ToEngine.SwallowsAnswers = true;

        await Assert.ThrowsAnyAsync<Exception>(() => regions.East.PutAsync("a", "2"));
        regions.East.ToEngine.SwallowsAnswers = false;
        await regions.QuietAsync();

        Assert.Equal("a=2", await regions.East.ItemsAsync());
        Assert.Equal("a=2", await regions.West.ItemsAsync());
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_does_not_win_over_a_later_one()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("a", "1");
        await regions.QuietAsync();
        regions.Cut();
        regions.East.ToEngine.SwallowsAnswers = true;
        await Assert.ThrowsAnyAsync<Exception>(() => regions.East.PutAsync("a", "east"));
        await regions.West.PutAsync("a", "west");

        regions.East.ToEngine.SwallowsAnswers = false;
        regions.Heal();
        await regions.QuietAsync();

        Assert.Equal("a=west", await regions.East.ItemsAsync());
        Assert.Equal("a=west", await regions.West.ItemsAsync());
    }

    [Fact]
    public async Task An_engine_that_lost_its_data_gets_it_back()
    {
        await using var regions = await TwoRegions.StartAsync();
        await regions.East.PutAsync("a", "1");
        await regions.West.PutAsync("b", "2");
        await regions.QuietAsync();
        using (var engine = TwoRegions.Side.ClientOf(regions.East.Engine.Endpoint))
        {
            await engine.DeleteTableAsync("carts", Token);
            await Eventually.HoldsAsync(async () => (await engine.ListTablesAsync(Token)).TableNames is null or { Count: 0 });
        }

        await regions.East.Gateway.EnsureTableAsync(TableDefinition.Carts, Token);

        Assert.Equal("a=1 b=2", await regions.East.ItemsAsync());
    }

    [Fact]
    public async Task Expired_items_are_swept()
    {
        await using var regions = await TwoRegions.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await DynamoDbGateway.StartAsync("us-east-1", () => regions.East.Engine.Endpoint, time: time, cancellationToken: Token);
        using var client = TwoRegions.Side.ClientOf(gateway.Address);
        await client.UpdateTimeToLiveAsync(
            new UpdateTimeToLiveRequest { TableName = "carts", TimeToLiveSpecification = new() { AttributeName = "expiresAt", Enabled = true } }, Token);
        await PutAsync("soon", 60);
        await PutAsync("later", 3600);

        time.Advance(TimeSpan.FromSeconds(90));

        await Eventually.HoldsAsync(async () => await regions.East.ItemsAsync() == "later=1");
        var answer = await client.DescribeTimeToLiveAsync("carts", Token);
        Assert.Equal(TimeToLiveStatus.ENABLED, answer.TimeToLiveDescription.TimeToLiveStatus);

        async Task PutAsync(string id, int seconds)
        {
            var item = TwoRegions.Side.Item(id, "1");
            item["expiresAt"] = new AttributeValue { N = time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
            await client.PutItemAsync("carts", item, Token);
        }
    }
}
