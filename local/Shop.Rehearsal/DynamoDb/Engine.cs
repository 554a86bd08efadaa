using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>The DynamoDB-compatible server behind a gateway. Its address may change when it is started again.</summary>
internal sealed class Engine(Func<Uri> address) : IDisposable
{
    // The engine checks that a signature is there, not whether it is right.
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=rehearsal/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Sends a client's request as it came.</summary>
    public async Task<EngineAnswer> ForwardAsync(HttpRequest client, byte[] body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(client.Method), address()) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in client.Headers)
        {
            if (name.StartsWith("X-Amz", StringComparison.OrdinalIgnoreCase) || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                request.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        request.Content.Headers.TryAddWithoutValidation("Content-Type", client.ContentType);
        return await SendAsync(request, cancellationToken);
    }

    public async Task<EngineAnswer> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address())
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.ToJsonString()))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0") },
            },
        };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation("Authorization", Signature);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>For calls that can only fail when something is broken.</summary>
    public async Task<JsonObject> MustCallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(operation, input, cancellationToken);
        return answer.IsSuccess ? answer.Json() : throw new InvalidOperationException($"DynamoDB {operation} failed: {answer.Text}");
    }

    public async Task<string?> ReadAsync(ItemKey key, CancellationToken cancellationToken)
    {
        var answer = await MustCallAsync(
            "GetItem",
            new JsonObject { ["TableName"] = key.Table, ["Key"] = JsonNode.Parse(key.Json), ["ConsistentRead"] = true },
            cancellationToken);
        return answer["Item"]?.ToJsonString();
    }

    public Task WriteAsync(ItemKey key, string? item, CancellationToken cancellationToken) => item is null
        ? MustCallAsync("DeleteItem", new JsonObject { ["TableName"] = key.Table, ["Key"] = JsonNode.Parse(key.Json) }, cancellationToken)
        : MustCallAsync("PutItem", new JsonObject { ["TableName"] = key.Table, ["Item"] = JsonNode.Parse(item) }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<EngineAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await _http.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(h => h.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase) || h.Key == "Content-Type")
            .Select(h => KeyValuePair.Create(h.Key, string.Join(',', h.Value)));
        return new EngineAnswer((int)response.StatusCode, [.. headers], await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}
