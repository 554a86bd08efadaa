using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>An answer of the engine, byte for byte: SDKs compare the body with the checksum in its headers.</summary>
internal sealed record EngineAnswer(int Status, KeyValuePair<string, string>[] Headers, byte[] Body)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json() => JsonNode.Parse(Body)!.AsObject();

    public bool IsError(string code) => !IsSuccess && Text.Contains(code, StringComparison.Ordinal);

    public Task CopyToAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body).AsTask();
    }
}
