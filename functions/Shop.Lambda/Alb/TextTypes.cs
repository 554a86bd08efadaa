using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Shop.Lambda.Alb;

/// <summary>Decides which bodies may travel as JSON text. All others go as base64: decoding them as UTF-8 would change them.</summary>
internal static class TextTypes
{
    private static readonly string[] Types =
    [
        "application/json", "application/xml", "application/javascript", "application/ecmascript", "application/x-www-form-urlencoded",
        "application/yaml", "application/graphql",
    ];

    public static bool IsText(IHeaderDictionary headers)
    {
        if (headers.ContentEncoding.Count > 0 && !headers.ContentEncoding.Equals("identity"))
            return false;
        if (headers.ContentType.Count == 0)
            return true;
        return MediaTypeHeaderValue.TryParse(headers.ContentType.ToString(), out var type) && IsUtf8(type.Charset.Value) && IsText(type.MediaType.Value);
    }

    private static bool IsText(string? type) =>
        type is not null
        && (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || Types.Contains(type, StringComparer.OrdinalIgnoreCase));

    private static bool IsUtf8(string? charset) =>
        string.IsNullOrEmpty(charset) || charset.Trim('"').ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";
}
