using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Shop.Rehearsal.S3;

/// <summary>The operations of S3 that the store and its reports need.</summary>
internal sealed class S3Api(S3Folder folder)
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>Deals with every request; S3 has this listener to itself.</summary>
    public async Task<bool> HandleAsync(HttpContext context)
    {
        context.Response.Headers["x-amz-request-id"] = Guid.CreateVersion7().ToString("N");
        try
        {
            await HandleAsync(context, S3Target.Read(context));
        }
        catch (S3Exception e)
        {
            context.Response.StatusCode = e.Status;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await WriteAsync(context, new XElement("Error", new XElement("Code", e.Code), new XElement("Message", e.Message)));
            }
        }

        return true;
    }

    private Task HandleAsync(HttpContext context, S3Target target) => (context.Request.Method, target) switch
    {
        ("GET", { Bucket: "" }) => ListBucketsAsync(context),
        ("PUT", { Key: "" }) => CreateBucketAsync(context, target.Bucket),
        ("HEAD", { Key: "" }) => HeadBucketAsync(target.Bucket),
        ("GET", { Key: "" }) => ListObjectsAsync(context, target.Bucket),
        ("PUT", _) => PutObjectAsync(context, target),
        ("GET" or "HEAD", _) => GetObjectAsync(context, target),
        ("DELETE", { Key.Length: > 0 }) => DeleteObjectAsync(context, target),
        _ => throw new S3Exception(405, "MethodNotAllowed", $"{context.Request.Method} is not played here."),
    };

    private Task ListBucketsAsync(HttpContext context) => WriteAsync(context, new XElement(
        Namespace + "ListAllMyBucketsResult",
        new XElement(Namespace + "Buckets", folder.Buckets.Select(b => new XElement(Namespace + "Bucket", new XElement(Namespace + "Name", b))))));

    private Task CreateBucketAsync(HttpContext context, string bucket)
    {
        folder.CreateBucket(bucket);
        context.Response.Headers.Location = $"/{bucket}";
        return Task.CompletedTask;
    }

    private Task HeadBucketAsync(string bucket)
    {
        folder.RequireBucket(bucket);
        return Task.CompletedTask;
    }

    private async Task PutObjectAsync(HttpContext context, S3Target target)
    {
        if (context.Request.Headers.ContainsKey("x-amz-copy-source"))
        {
            throw new S3Exception(501, "NotImplemented", "CopyObject is not played here.");
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        var isChunked = context.Request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal);
        await using var content = isChunked ? new AwsChunkedStream(context.Request.Body) : context.Request.Body;
        var onlyNew = context.Request.Headers.IfNoneMatch == "*";
        context.Response.Headers.ETag = await folder.PutAsync(target, content, onlyNew, context.RequestAborted);
    }

    private async Task GetObjectAsync(HttpContext context, S3Target target)
    {
        var file = folder.Find(target);
        var etag = await S3Folder.ETagAsync(file.FullName, context.RequestAborted);
        await TypedResults.PhysicalFile(
            file.FullName, ContentType(file), lastModified: file.LastWriteTimeUtc, entityTag: new EntityTagHeaderValue(etag),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    private Task DeleteObjectAsync(HttpContext context, S3Target target)
    {
        folder.Delete(target);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task ListObjectsAsync(HttpContext context, string bucket)
    {
        var query = context.Request.Query;
        var page = S3Page.Take(
            folder.List(bucket), query["prefix"].ToString(), query["delimiter"].ToString(),
            string.CompareOrdinal(query["continuation-token"], query["start-after"]) > 0 ? query["continuation-token"].ToString() : query["start-after"].ToString(),
            int.TryParse(query["max-keys"], CultureInfo.InvariantCulture, out var max) && max is > 0 and < 1000 ? max : 1000);
        Func<string, string> encode = query["encoding-type"] == "url" ? Uri.EscapeDataString : text => text;
        var contents = new List<XElement>();
        foreach (var (key, file) in page.Objects)
        {
            contents.Add(Element(
                "Contents",
                Element("Key", encode(key)),
                Element("LastModified", file.LastWriteTimeUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
                Element("ETag", await S3Folder.ETagAsync(file.FullName, context.RequestAborted)),
                Element("Size", file.Length),
                Element("StorageClass", "STANDARD")));
        }

        await WriteAsync(context, Element(
            "ListBucketResult",
            Element("Name", bucket),
            Element("Prefix", encode(query["prefix"].ToString())),
            Element("KeyCount", page.Objects.Count + page.CommonPrefixes.Count),
            Element("IsTruncated", page.Next is not null),
            page.Next is null ? null : Element("NextContinuationToken", page.Next),
            query["encoding-type"] == "url" ? Element("EncodingType", "url") : null,
            contents,
            page.CommonPrefixes.Select(p => Element("CommonPrefixes", Element("Prefix", encode(p))))));
    }

    private static XElement Element(string name, params object?[] content) => new(Namespace + name, content);

    private static string ContentType(FileInfo file) => file.Extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".json" => "application/json",
        ".ndjson" => "application/x-ndjson",
        ".csv" => "text/csv; charset=utf-8",
        ".md" or ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };

    private static async Task WriteAsync(HttpContext context, XElement answer)
    {
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{answer.ToString(SaveOptions.DisableFormatting)}", context.RequestAborted);
    }
}
