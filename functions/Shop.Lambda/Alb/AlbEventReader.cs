using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;

namespace Shop.Lambda.Alb;

/// <summary>Reads the event of a target group in one pass. Of a field in both forms the multi-value one counts.</summary>
internal static class AlbEventReader
{
    /// <exception cref="ShopException">The payload is not such an event.</exception>
    public static AlbRequest Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return ReadEvent(payload);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ShopException("Shop.InvalidEvent", $"The payload is not the event of a load balancer: {exception.Message}", exception);
        }
    }

    private static AlbRequest ReadEvent(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        var request = new AlbRequest();
        var base64 = false;
        string? query = null, multiQuery = null;
        List<KeyValuePair<string, StringValues>> headers = [], multiHeaders = [];

        Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Enter(ref json, "httpMethod"u8)) request.Method = json.GetString() ?? "";
            else if (Enter(ref json, "path"u8)) request.Path = json.GetString() is { Length: > 0 } path ? path : "/";
            else if (Enter(ref json, "body"u8)) request.Body = ReadUtf8(ref json);
            else if (Enter(ref json, "isBase64Encoded"u8)) base64 = json.TokenType == JsonTokenType.True;
            else if (Enter(ref json, "queryStringParameters"u8)) query = JoinQuery(ReadMap(ref json));
            else if (Enter(ref json, "multiValueQueryStringParameters"u8)) multiQuery = JoinQuery(ReadMap(ref json));
            else if (Enter(ref json, "headers"u8)) headers = ReadMap(ref json);
            else if (Enter(ref json, "multiValueHeaders"u8))
            {
                request.MultiValue = json.TokenType == JsonTokenType.StartObject;
                multiHeaders = ReadMap(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        Expect(request.Method.Length > 0, "httpMethod");
        request.QueryString = (multiQuery ?? query) is { Length: > 0 } joined ? "?" + joined : "";
        foreach (var (name, value) in request.MultiValue ? multiHeaders : headers)
            request.Headers[name] = value;
        if (base64)
            Decode(request);
        CorrectLength(request);
        return request;
    }

    private static void Expect(bool ok, string what)
    {
        if (!ok)
            throw new JsonException($"{what} expected.");
    }

    private static bool Enter(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name) && json.Read();

    private static byte[] ReadUtf8(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return [];
        var rented = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
        var length = json.CopyString(rented);
        var text = rented.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(rented);
        return text;
    }

    private static List<KeyValuePair<string, StringValues>> ReadMap(ref Utf8JsonReader json)
    {
        List<KeyValuePair<string, StringValues>> map = [];
        if (json.TokenType == JsonTokenType.Null)
            return map;
        Expect(json.TokenType == JsonTokenType.StartObject, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                map.Add(new(name, json.GetString()));
                continue;
            }

            List<string?> values = [];
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                values.Add(json.GetString());
            map.Add(new(name, values.ToArray()));
        }

        return map;
    }

    // The values come as the client encoded them; encoding them again would change them.
    private static string JoinQuery(List<KeyValuePair<string, StringValues>> parameters)
    {
        var query = new StringBuilder();
        foreach (var (name, values) in parameters)
            foreach (var value in values)
                query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(value);
        return query.ToString();
    }

    private static void Decode(AlbRequest request)
    {
        var status = Base64.DecodeFromUtf8InPlace(request.Body, out var length);
        request.HasUnreadableBody = status != OperationStatus.Done;
        request.Body = request.HasUnreadableBody ? [] : request.Body[..length];
    }

    private static void CorrectLength(AlbRequest request)
    {
        request.Headers.Remove("Transfer-Encoding");
        request.Headers.ContentLength = request.Body.Length;
    }
}
