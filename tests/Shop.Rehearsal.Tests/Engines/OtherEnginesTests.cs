using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Supervision;
using Shop.Rehearsal.Tests.Supervision;
using Shop.Testing;
using Shop.Testing.Engines;
using StackExchange.Redis;

namespace Shop.Rehearsal.Tests.Engines;

public sealed class OtherEnginesTests
{
    [Fact]
    public async Task Redis_keeps_a_key_until_it_is_killed()
    {
        await using var server = await RedisServer.StartAsync(TestEngines.Host, TestEngines.Name("redis"), Token);
        await using (var client = await ConnectionMultiplexer.ConnectAsync(server.Endpoint))
        {
            await client.GetDatabase().StringSetAsync("key", "value");
            Assert.Equal("value", await client.GetDatabase().StringGetAsync("key"));
        }

        await server.KillAsync();
        await server.StartAsync(Token);

        await using var again = await ConnectionMultiplexer.ConnectAsync(server.Endpoint);
        Assert.False(await again.GetDatabase().KeyExistsAsync("key"));
    }

    [Fact]
    public async Task Dynalite_keeps_its_tables_over_a_kill()
    {
        await using var server = await DynaliteServer.StartAsync(TestEngines.Host, TestEngines.Name("dynalite"), Token);
        const string table =
            """
            {"TableName":"carts","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}]}
            """;
        await CallAsync(server, "CreateTable", table);
        await Eventually.HoldsAsync(async () =>
            (await CallAsync(server, "DescribeTable", """{"TableName":"carts"}""")).Contains("ACTIVE", StringComparison.Ordinal));
        await CallAsync(server, "PutItem", """{"TableName":"carts","Item":{"id":{"S":"a"},"n":{"N":"3"}}}""");

        await server.KillAsync();
        await server.StartAsync(Token);

        Assert.Contains("\"N\":\"3\"", await CallAsync(server, "GetItem", """{"TableName":"carts","Key":{"id":{"S":"a"}}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_lets_each_user_into_its_own_virtual_host_only_and_leaves_nothing_running()
    {
        RabbitMqVirtualHost east = new("east", "shop-east", "p1"), west = new("west", "shop-west", "p2");
        var server = await RabbitMqServer.StartAsync(TestEngines.Host, TestEngines.Name("rabbitmq"), [east, west], Token);
        var session = server.Pid!.Value;
        try
        {
            Assert.True(await CanEnterAsync(server, "east", east));
            Assert.True(await CanEnterAsync(server, "west", west));
            Assert.False(await CanEnterAsync(server, "west", east));
            Assert.False(await CanEnterAsync(server, "east", east with { Password = "p2" }));
        }
        finally
        {
            await server.DeleteAsync();
        }

        await Eventually.HoldsAsync(() => !Processes.WhoseEnvironmentHolds(server.DataDirectory).Any());
        Assert.Null(ProcessStart.Of(session));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<bool> CanEnterAsync(RabbitMqServer server, string virtualHost, RabbitMqVirtualHost credentials)
    {
        var factory = new ConnectionFactory
        {
            Uri = server.EndpointOf(virtualHost), UserName = credentials.User, Password = credentials.Password, AutomaticRecoveryEnabled = false,
        };
        try
        {
            await using var connection = await factory.CreateConnectionAsync(Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Token);
            return channel.IsOpen;
        }
        catch (Exception refused) when (refused is BrokerUnreachableException or OperationInterruptedException)
        {
            return false;
        }
    }

    private static async Task<string> CallAsync(DynaliteServer server, string operation, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint);
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var answer = await http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return text;
    }
}
