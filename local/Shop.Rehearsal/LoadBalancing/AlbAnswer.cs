using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>Reads what a function answered; a load balancer makes a 502 of what it can't.</summary>
public static class AlbAnswer
{
    public const int Limit = 1024 * 1024;

    /// <exception cref="FormatException">The answer is not one for a load balancer.</exception>
    public static AlbResponse Read(ReadOnlyMemory<byte> payload, bool multiValue = true)
    {
        if (payload.Length > Limit)
        {
            throw new FormatException($"The answer has {payload.Length} bytes; a load balancer takes {Limit}.");
        }

        try
        {
            using var document = JsonDocument.Parse(payload);
            return Read(document.RootElement, multiValue);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The answer is not an object with statusCode, headers and body: {e.Message}", e);
        }
    }

    private static AlbResponse Read(JsonElement answer, bool multiValue)
    {
        var status = answer.TryGetProperty("statusCode", out var code) ? code.GetInt32() : 0;
        if (status is < 200 or > 599)
        {
            throw new FormatException($"statusCode is {status}.");
        }

        var reason = answer.TryGetProperty("statusDescription", out var description) ? description.GetString()?.Split(' ', 2) : null;
        var body = answer.TryGetProperty("body", out var text) ? text.GetString() ?? "" : "";
        var base64 = answer.TryGetProperty("isBase64Encoded", out var encoded) && encoded.GetBoolean();
        return new AlbResponse(
            status, reason is [_, var phrase] ? phrase : null, Headers(answer, multiValue),
            base64 ? Convert.FromBase64String(body) : Encoding.UTF8.GetBytes(body));
    }

    private static List<KeyValuePair<string, StringValues>> Headers(JsonElement answer, bool multiValue)
    {
        List<KeyValuePair<string, StringValues>> headers = [];
        if (!answer.TryGetProperty(multiValue ? "multiValueHeaders" : "headers", out var map) || map.ValueKind == JsonValueKind.Null)
        {
            return headers;
        }

        foreach (var header in map.EnumerateObject())
        {
            headers.Add(new(header.Name, multiValue
                ? header.Value.EnumerateArray().Select(v => v.GetString()).ToArray()
                : header.Value.ToString()));
        }

        return headers;
    }
}
