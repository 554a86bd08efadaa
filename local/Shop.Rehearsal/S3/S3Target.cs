using Microsoft.AspNetCore.Http.Features;

namespace Shop.Rehearsal.S3;

/// <summary>Bucket and key of a request, from the target as it was sent: a server's own decoding would fold <c>..</c> and <c>//</c>.</summary>
internal sealed record S3Target(string Bucket, string Key)
{
    private const int MaxKeyBytes = 1024;

    public static S3Target Read(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2)[0];
        var path = Uri.UnescapeDataString(raw).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var target = slash < 0 ? new S3Target(path, "") : new S3Target(path[..slash], path[(slash + 1)..]);
        target.RequireSafe();
        return target;
    }

    private void RequireSafe()
    {
        if (Bucket.Length > 0 && !IsBucketName(Bucket))
        {
            throw new S3Exception(400, "InvalidBucketName", "The specified bucket is not valid.");
        }

        // S3 takes any key; a folder can't, and must not be made to reach outside of itself.
        var segments = Key.Split('/');
        if (Key.Length > 0 && (System.Text.Encoding.UTF8.GetByteCount(Key) > MaxKeyBytes || !segments.All(IsFileName)))
        {
            throw S3Exception.Invalid("This key can't be a file name here.");
        }
    }

    private static bool IsBucketName(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(name[0])
        && !name.Contains("..", StringComparison.Ordinal);

    private static bool IsFileName(string segment) =>
        segment.Length is > 0 and <= 200 && segment is not ("." or "..") && !segment.Any(c => char.IsControl(c) || c is '\\' or ':')
        && !segment.StartsWith(S3Folder.Unfinished, StringComparison.Ordinal);
}
