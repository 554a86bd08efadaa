using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Shop.Lambda.Alb;

/// <summary>Writes the JSON that a target group expects, in the header form of the event.</summary>
internal static class AlbAnswerWriter
{
    /// <summary>Of the whole JSON; above it a load balancer answers a bare 502.</summary>
    public const int Limit = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Write(AlbAnswer answer, AlbRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>(answer.Body.Length + 512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            var reason = answer.ReasonPhrase ?? ReasonPhrases.GetReasonPhrase(answer.Status);
            json.WriteStartObject();
            json.WriteNumber("statusCode"u8, answer.Status);
            json.WriteString("statusDescription"u8, $"{answer.Status} {reason}".TrimEnd());
            if (request.MultiValue)
                WriteMultiValue(json, answer.Headers);
            else
                WriteSingleValue(json, answer.Headers);
            WriteBody(json, answer, request);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void WriteMultiValue(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        json.WriteStartObject("multiValueHeaders"u8);
        foreach (var (name, values) in headers)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteSingleValue(Utf8JsonWriter json, IHeaderDictionary headers)
    {
        json.WriteStartObject("headers"u8);
        foreach (var (name, values) in headers)
        {
            if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                WriteCookies(json, values);
            else
                json.WriteString(name, string.Join(',', values.ToArray()));
        }

        json.WriteEndObject();
    }

    // A cookie can't be joined to another, and a JSON object holds each name once: names in other letter case are other names to JSON only.
    private static void WriteCookies(Utf8JsonWriter json, StringValues cookies)
    {
        for (var i = 0; i < cookies.Count; i++)
        {
            var name = "set-cookie".ToCharArray();
            for (int letter = 0, bits = i; bits > 0 && letter < name.Length; letter++)
            {
                if (name[letter] == '-')
                    continue;
                if ((bits & 1) == 1)
                    name[letter] = char.ToUpperInvariant(name[letter]);
                bits >>= 1;
            }

            json.WriteString(name, cookies[i]);
        }
    }

    private static void WriteBody(Utf8JsonWriter json, AlbAnswer answer, AlbRequest request)
    {
        var bodyless = request.Method == HttpMethods.Head || answer.Status is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified;
        var body = bodyless ? default : answer.Body.Span;
        var text = TextTypes.IsText(answer.Headers) && Utf8.IsValid(body);
        if (text)
            json.WriteString("body"u8, body);
        else
            json.WriteBase64String("body"u8, body);
        json.WriteBoolean("isBase64Encoded"u8, !text);
    }
}
