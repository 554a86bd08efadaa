using System.Net;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.S3;

/// <summary>S3 of one Region as a folder: a bucket is a folder, an object a file. Path-style addresses; what an SDK needs to put, get, list and delete.</summary>
public sealed class S3Server : IAsyncDisposable
{
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly WebApplication _server;
    private readonly S3Folder _folder;
    private readonly RegionPower? _power;

    private S3Server(WebApplication server, S3Folder folder, RegionPower? power)
    {
        _server = server;
        _folder = folder;
        _power = power;
    }

    public Uri Address => new(_server.Urls.First());

    public static async Task<S3Server> StartAsync(string folder, RegionPower? power = null, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var server = new S3Server(app, new S3Folder(folder), power);
        app.Run(server.HandleAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (_power is { IsOn: false })
        {
            context.Abort();
            return;
        }

        try
        {
            var path = context.Request.Path.Value!.TrimStart('/').Split('/', 2);
            var (bucket, key) = (path[0], path.Length == 2 ? path[1] : "");
            await ((context.Request.Method, key) switch
            {
                ("PUT", "") => CreateAsync(context, bucket),
                ("GET", "") => ListAsync(context, bucket),
                ("PUT", _) => PutAsync(context, bucket, key),
                ("GET" or "HEAD", _) => GetAsync(context, bucket, key),
                ("DELETE", _) => DeleteAsync(context, bucket, key),
                _ => throw new S3Exception(405, "MethodNotAllowed", $"{context.Request.Method} is not served here."),
            });
        }
        catch (S3Exception e)
        {
            await ErrorAsync(context, e);
        }
    }

    private Task CreateAsync(HttpContext context, string bucket)
    {
        _folder.CreateBucket(bucket);
        context.Response.Headers.Location = $"/{bucket}";
        return Task.CompletedTask;
    }

    private async Task PutAsync(HttpContext context, string bucket, string key)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var content = AwsChunked.Applies(context.Request) ? AwsChunked.Decode(body.ToArray()) : body.ToArray();
        await _folder.WriteAsync(bucket, key, content, context.RequestAborted);
        context.Response.Headers.ETag = ETag(content);
    }

    private async Task GetAsync(HttpContext context, string bucket, string key)
    {
        var content = await _folder.ReadAsync(bucket, key, context.RequestAborted)
            ?? throw new S3Exception(404, "NoSuchKey", "The specified key does not exist.");
        context.Response.Headers.ETag = ETag(content);
        context.Response.Headers.LastModified = _folder.WrittenAt(bucket, key).ToString("R");
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        if (context.Request.Method == "GET")
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private Task DeleteAsync(HttpContext context, string bucket, string key)
    {
        _folder.Delete(bucket, key);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task ListAsync(HttpContext context, string bucket)
    {
        var prefix = context.Request.Query["prefix"].ToString();
        var keys = _folder.Keys(bucket).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return XmlAsync(context, new XElement(
            Xml + "ListBucketResult",
            new XElement(Xml + "Name", bucket),
            new XElement(Xml + "Prefix", prefix),
            new XElement(Xml + "KeyCount", keys.Count),
            new XElement(Xml + "MaxKeys", 1000),
            new XElement(Xml + "IsTruncated", "false"),
            keys.Select(k => new XElement(
                Xml + "Contents",
                new XElement(Xml + "Key", k),
                new XElement(Xml + "LastModified", _folder.WrittenAt(bucket, k).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture)),
                new XElement(Xml + "Size", _folder.Length(bucket, k)),
                new XElement(Xml + "StorageClass", "STANDARD")))));
    }

    private static Task ErrorAsync(HttpContext context, S3Exception error)
    {
        context.Response.StatusCode = error.Status;
        return XmlAsync(context, new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message)));
    }

    private static Task XmlAsync(HttpContext context, XElement body)
    {
        context.Response.ContentType = "application/xml";
        return context.Request.Method == "HEAD" ? Task.CompletedTask : context.Response.WriteAsync(body.ToString(SaveOptions.DisableFormatting), context.RequestAborted);
    }

    // S3's ETag of an object that was put in one piece is its MD5; nothing here is trusted because of it.
#pragma warning disable CA5351
    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";
#pragma warning restore CA5351
}
