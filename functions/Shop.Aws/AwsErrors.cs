using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Shop.Aws;

/// <summary>Reads the answers of the two protocols, errors included.</summary>
internal static class AwsErrors
{
    public static JsonElement ParseJson(byte[] answer)
    {
        using var document = JsonDocument.Parse(answer.Length == 0 ? "{}"u8.ToArray() : answer);
        return document.RootElement.Clone();
    }

    public static XElement ParseXml(byte[] answer, string action)
    {
        var root = WithoutNamespaces(XElement.Load(new MemoryStream(answer)));
        return root.Element($"{action}Result") ?? root;
    }

    /// <remarks>The code is in <c>__type</c> or <c>code</c>, or in a header; it may carry a shape's namespace (<c>ns#Code</c>) or a URL (<c>Code:http…</c>).</remarks>
    public static AwsException FromJson(HttpResponseMessage response, byte[] answer)
    {
        var body = TryParse(answer);
        var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var values)
            ? values.First()
            : Text(body, "__type") ?? Text(body, "code") ?? $"Http{(int)response.StatusCode}";
        var code = type[(type.LastIndexOf('#') + 1)..].Split(':')[0];
        return new AwsException(code, Text(body, "message") ?? Text(body, "Message") ?? Excerpt(answer), response.StatusCode);
    }

    public static AwsException FromXml(HttpResponseMessage response, byte[] answer)
    {
        try
        {
            var error = WithoutNamespaces(XElement.Load(new MemoryStream(answer))).DescendantsAndSelf("Error").FirstOrDefault();
            if (error?.Element("Code")?.Value is { } code)
            {
                return new AwsException(code, error.Element("Message")?.Value ?? code, response.StatusCode);
            }
        }
        catch (XmlException)
        {
            // A proxy's error page: the status and its text are all there is.
        }

        return new AwsException($"Http{(int)response.StatusCode}", Excerpt(answer), response.StatusCode);
    }

    private static JsonElement? TryParse(byte[] answer)
    {
        try
        {
            return ParseJson(answer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Excerpt(byte[] answer) => Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 500)));

    private static XElement WithoutNamespaces(XElement element) => new(
        element.Name.LocalName,
        element.Attributes().Where(a => !a.IsNamespaceDeclaration),
        element.Nodes().Select(n => n is XElement child ? WithoutNamespaces(child) : n));
}
