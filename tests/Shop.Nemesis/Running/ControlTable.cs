using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Nemesis.Running;

/// <summary>Looks into the failover control table as any client of DynamoDB would.</summary>
internal static class ControlTable
{
    public static async Task<string?> RunStateAsync(NemesisStore store, string region, CancellationToken cancellationToken)
    {
        var key = new JsonObject { ["pk"] = new JsonObject { ["S"] = $"lock#{region}" } };
        var answer = await CallAsync(store, region, "GetItem", new JsonObject { ["TableName"] = "failover-control", ["Key"] = key, ["ConsistentRead"] = true }, cancellationToken);
        return (string?)answer?["Item"]?["runState"]?["S"];
    }

    public static async Task<JsonNode?> CallAsync(NemesisStore store, string region, string action, JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, store.Host.Region(region).DynamoDb.Address)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{action}");
        request.Headers.Add("X-Amz-Date", "20260101T000000Z");
        // It is not checked, but has to be there.
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        using var answer = await store.Buyer.Http.SendAsync(request, cancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
    }
}
