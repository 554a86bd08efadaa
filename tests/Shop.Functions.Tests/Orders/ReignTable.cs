using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Shop.Rehearsal.DynamoDb;
using Shop.Rehearsal.Links;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Orders;

/// <summary>A control table of its own, as the state machines leave it, behind a line that can break.</summary>
internal sealed class ReignTable : IAsyncDisposable
{
    private readonly DynamoDbGateway _gateway;
    private readonly AmazonDynamoDBClient _client;

    private ReignTable(DynamoDbGateway gateway)
    {
        _gateway = gateway;
        Line = FaultProxy.Start(gateway.Address.Port);
        _client = new AmazonDynamoDBClient(
            new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = gateway.Address.ToString(), AuthenticationRegion = "us-east-1" });
    }

    public string Name { get; } = $"control-{Guid.CreateVersion7():N}";

    public FaultProxy Line { get; }

    public (string, string?)[] Environment => [("CONTROL_TABLE", Name), ("AWS_ENDPOINT_URL_DYNAMODB", $"http://{Line.Endpoint}/")];

    public static async Task<ReignTable> StartAsync()
    {
        var engine = await TestEngines.DynaliteAsync();
        var table = new ReignTable(await DynamoDbGateway.StartAsync("us-east-1", () => engine.Endpoint));
        await table._gateway.EnsureTableAsync(TableDefinition.FailoverControl with { Name = table.Name });
        return table;
    }

    public Task BeginAsync(long epoch) => _client.PutItemAsync(Name, new()
    {
        ["pk"] = new AttributeValue("epoch#orders"),
        ["epoch"] = new AttributeValue { N = $"{epoch}" },
        ["writerRegion"] = new AttributeValue("us-west-2"),
    });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Line.DisposeAsync();
        await _gateway.DisposeAsync();
    }
}
