using System.IO.Compression;

namespace Shop.Rehearsal.ControlRoom;

/// <summary>Styles, scripts and the icon, out of the assembly: the page needs no folder beside the host and no build of its own.</summary>
internal static class RoomAssets
{
    private static readonly Dictionary<string, (string Type, byte[] Plain, byte[] Packed)> Files = new()
    {
        ["room.css"] = Load("room.css", "text/css; charset=utf-8"),
        ["room.js"] = Load("room.js", "text/javascript; charset=utf-8"),
        ["charts.js"] = Load("charts.js", "text/javascript; charset=utf-8"),
        ["icon.svg"] = Load("icon.svg", "image/svg+xml"),
    };

    public static async Task WriteAsync(HttpContext context)
    {
        if (!Files.TryGetValue((string)context.Request.RouteValues["file"]!, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var packs = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
        context.Response.ContentType = file.Type;
        // The next run may be another version on the same port.
        context.Response.Headers.CacheControl = "no-cache";
        if (packs)
        {
            context.Response.Headers.ContentEncoding = "gzip";
        }

        await context.Response.Body.WriteAsync(packs ? file.Packed : file.Plain);
    }

    /// <summary>Packed, if the browser takes it so: a graph is a good deal of text.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] page)
    {
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(page);
            return;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await gzip.WriteAsync(page);
    }

    private static (string Type, byte[] Plain, byte[] Packed) Load(string name, string type)
    {
        using var resource = typeof(RoomAssets).Assembly.GetManifestResourceStream($"control-room/{name}")!;
        using var plain = new MemoryStream();
        resource.CopyTo(plain);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(plain.ToArray());
        }

        return (type, plain.ToArray(), packed.ToArray());
    }
}
