using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Shop.Rehearsal.DynamoDb;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Regions;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Rehearsal.Tests.DynamoDb;

/// <summary>Two engines, their gateways, a link each way, and the AWS SDK's client for each.</summary>
internal sealed class TwoRegions : IAsyncDisposable
{
    private TwoRegions(Side east, Side west)
    {
        (East, West) = (east, west);
        EastToWest = new Link(west.Gateway.Address);
        WestToEast = new Link(east.Gateway.Address);
        east.Gateway.ReplicateTo(EastToWest.Address);
        west.Gateway.ReplicateTo(WestToEast.Address);
    }

    public Side East { get; }

    public Side West { get; }

    public Link EastToWest { get; }

    public Link WestToEast { get; }

    public static async Task<TwoRegions> StartAsync() => new(await Side.StartAsync("us-east-1"), await Side.StartAsync("us-west-2"));

    public void Cut()
    {
        EastToWest.Cut();
        WestToEast.Cut();
    }

    public void Heal()
    {
        EastToWest.Heal();
        WestToEast.Heal();
    }

    public Task QuietAsync() => Eventually.HoldsAsync(() => East.Gateway.Pending + West.Gateway.Pending == 0);

    public async ValueTask DisposeAsync()
    {
        await East.DisposeAsync();
        await West.DisposeAsync();
        await EastToWest.DisposeAsync();
        await WestToEast.DisposeAsync();
    }

    internal sealed class Side : IAsyncDisposable
    {
        private Side(DynaliteServer engine, Link toEngine, RegionPower power, DynamoDbGateway gateway)
        {
            (Engine, ToEngine, Power, Gateway) = (engine, toEngine, power, gateway);
            Client = ClientOf(gateway.Address);
        }

        public DynaliteServer Engine { get; }

        public Link ToEngine { get; }

        public RegionPower Power { get; }

        public DynamoDbGateway Gateway { get; }

        public AmazonDynamoDBClient Client { get; }

        public static async Task<Side> StartAsync(string region)
        {
            var engine = await DynaliteServer.StartAsync(TestEngines.Host, TestEngines.Name("dynalite"));
            var link = new Link(engine.Endpoint);
            var power = new RegionPower(region);
            var gateway = await DynamoDbGateway.StartAsync(region, () => link.Address, power);
            await gateway.EnsureTableAsync(TableDefinition.Carts);
            return new Side(engine, link, power, gateway);
        }

        public static AmazonDynamoDBClient ClientOf(Uri endpoint) => new(
            new BasicAWSCredentials("test", "test"),
            new AmazonDynamoDBConfig { ServiceURL = endpoint.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0 });

        public Task PutAsync(string id, string value) => Client.PutItemAsync("carts", Item(id, value));

        public Task DeleteAsync(string id) => Client.DeleteItemAsync("carts", new() { ["id"] = new(id) });

        public static Dictionary<string, AttributeValue> Item(string id, string value) =>
            new() { ["id"] = new(id), ["customerId"] = new("c"), ["value"] = new(value) };

        /// <summary>All items as they lie in the engine.</summary>
        public async Task<string> ItemsAsync()
        {
            using var engine = ClientOf(Engine.Endpoint);
            var answer = await engine.ScanAsync(new ScanRequest("carts") { ConsistentRead = true });
            return string.Join(' ', (answer.Items ?? []).Select(i => $"{i["id"].S}={i["value"].S}{i.GetValueOrDefault("n")?.N}").Order(StringComparer.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Gateway.DisposeAsync();
            await ToEngine.DisposeAsync();
            await Engine.DeleteAsync();
        }
    }
}
