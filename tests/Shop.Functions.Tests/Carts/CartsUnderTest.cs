using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shop.Carts;
using Shop.Rehearsal.DynamoDb;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Carts;

/// <summary>The carts function on a table of its own.</summary>
public sealed class CartsUnderTest : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private DynamoDbGateway _gateway = null!;

    public string Table { get; } = $"carts-{Guid.CreateVersion7():N}";

    public FunctionDriver Function { get; private set; } = null!;

    public static string NewCustomer() => $"customer-{Guid.CreateVersion7():N}";

    public static Dictionary<string, string?> Environment(Uri endpoint, string table) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
        ["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint.ToString(),
        ["CARTS_TABLE"] = table,
        ["AWS_LAMBDA_LOG_LEVEL"] = "FATAL",
    };

    public async ValueTask InitializeAsync()
    {
        var engine = await TestEngines.DynaliteAsync();
        _gateway = await DynamoDbGateway.StartAsync("us-east-1", () => engine.Endpoint);
        await _gateway.EnsureTableAsync(TableDefinition.Carts with { Name = Table });
        Function = await StartAsync();
    }

    /// <summary>One more worker of the function.</summary>
    public Task<FunctionDriver> StartAsync() =>
        FunctionDriver.StartAsync((api, stop) => CartsFunction.RunAsync(api, Environment(_gateway.Address, Table), stop));

    public async Task<HttpResponseMessage> AddAsync(string customer, string item, int quantity, long price = 100) =>
        await Function.SendAsync(
            HttpMethod.Post, $"/carts/{customer}/items", $$"""{"itemId":"{{item}}","quantity":{{quantity}},"unitPrice":{{price}}}""");

    public async Task<string> CartAsync(string customer)
    {
        using var answer = await Function.SendAsync(HttpMethod.Get, $"/carts/{customer}");
        Assert.Equal(200, (int)answer.StatusCode);
        return string.Join(' ', (await answer.ReadJsonAsync()).GetProperty("items").EnumerateArray()
            .Select(i => $"{i.GetProperty("itemId")}*{i.GetProperty("quantity")}@{i.GetProperty("unitPrice")}"));
    }

    /// <summary>Past the function, to make states that it can't make itself.</summary>
    public async Task<JsonElement> TableAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _gateway.Address);
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.Replace("$table", Table, StringComparison.Ordinal)));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.ReadTextAsync());
        return await answer.ReadJsonAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await TableAsync("DeleteTable", """{"TableName":"$table"}""");
        await _gateway.DisposeAsync();
        _http.Dispose();
    }
}
