using System.Text;
using Microsoft.Net.Http.Headers;
using Shop.Contracts;
using Shop.Ui.Backends;
using Shop.Ui.Http;
using Shop.Ui.Pictures;

namespace Shop.Ui.Assets;

internal static class AssetEndpoints
{
    private const string ThirtyDays = "public, max-age=2592000";
    private const int LongestName = 64;

    public static void MapAssets(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/assets/{name}", Page.Reading, Send);
        app.MapMethods("/health", Page.Reading, (UiOptions options) =>
            Results.Json(new Health("ok", options.Region, new Dictionary<string, string>()), UiJson.Default.Health));
    }

    private static IResult Send(string name, HttpRequest request, HttpResponse response)
    {
        if ((StoreAssets.Find(name) ?? Draw(name)) is not { } asset)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        response.Headers.CacheControl = ThirtyDays;
        response.Headers.Vary = "Accept-Encoding";
        var bytes = asset.Bytes;
        if (TakesBrotli(request) && asset.Brotli is { } smaller)
        {
            bytes = smaller;
            response.Headers.ContentEncoding = "br";
        }

        // Weak: the same file, whatever it is packed in.
        return Results.Bytes(bytes, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Hash}\"", isWeak: true));
    }

    private static bool TakesBrotli(HttpRequest request) =>
        request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries).Contains("br");

    /// <summary>Any product name has a picture: it is drawn from the name, the same every time and in every Region.</summary>
    private static Asset? Draw(string name)
    {
        const string Extension = ".svg";
        var subject = name.EndsWith(Extension, StringComparison.Ordinal) ? name[..^Extension.Length] : "";
        return subject.Length is > 0 and <= LongestName && subject.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? Asset.Of(Encoding.UTF8.GetBytes(ProductPicture.Draw(subject)), "image/svg+xml")
            : null;
    }
}
