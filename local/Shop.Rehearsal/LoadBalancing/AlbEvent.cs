using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>The event that a Lambda target group sends.</summary>
public static class AlbEvent
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] TextTypes = ["application/json", "application/javascript", "application/xml"];

    /// <param name="multiValue">The target group's attribute <c>lambda.multi_value_headers.enabled</c>.</param>
    public static byte[] Write(AlbRequest request, string targetGroupArn, bool multiValue = true)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartObject("requestContext");
            json.WriteStartObject("elb");
            json.WriteString("targetGroupArn", targetGroupArn);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteString("httpMethod", request.Method);
            json.WriteString("path", request.Path);
            WriteMap(json, multiValue ? "multiValueQueryStringParameters" : "queryStringParameters", Parameters(request.Query), multiValue);
            WriteMap(json, multiValue ? "multiValueHeaders" : "headers", request.Headers, multiValue);
            WriteBody(json, request);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static Dictionary<string, StringValues> Parameters(string query)
    {
        var parameters = new Dictionary<string, StringValues>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            parameters[parts[0]] = StringValues.Concat(parameters.GetValueOrDefault(parts[0]), parts.Length == 2 ? parts[1] : "");
        }

        return parameters;
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, StringValues>> map, bool multiValue)
    {
        json.WriteStartObject(name);
        foreach (var (key, values) in map)
        {
            if (!multiValue)
            {
                // Of a repeated name the last value is kept, as AWS documents it.
                json.WriteString(key, values.Count == 0 ? "" : values[^1]);
                continue;
            }

            json.WriteStartArray(key);
            foreach (var value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, AlbRequest request)
    {
        var isText = request.Body.IsEmpty || (IsText(request) && Utf8.IsValid(request.Body.Span));
        if (isText)
        {
            json.WriteString("body", request.Body.Span);
        }
        else
        {
            json.WriteBase64String("body", request.Body.Span);
        }

        json.WriteBoolean("isBase64Encoded", !isText);
    }

    private static bool IsText(AlbRequest request)
    {
        string? Header(string name) => request.Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return Header(HeaderNames.ContentEncoding) is not { Length: > 0 }
            && MediaTypeHeaderValue.TryParse(Header(HeaderNames.ContentType), out var type)
            && (type.Type.Equals("text", StringComparison.OrdinalIgnoreCase)
                || TextTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase));
    }
}
