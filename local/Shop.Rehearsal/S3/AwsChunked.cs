using System.Globalization;
using System.Text;

namespace Shop.Rehearsal.S3;

/// <summary>The <c>aws-chunked</c> body that SDKs send when they sign or checksum while they stream: <c>hex-size[;…]CRLF data CRLF … 0 CRLF trailers</c>.</summary>
internal static class AwsChunked
{
    public static bool Applies(HttpRequest request) =>
        request.Headers.ContentEncoding.Any(e => e?.Contains("aws-chunked", StringComparison.Ordinal) is true)
        || request.Headers["x-amz-content-sha256"].ToString().StartsWith("STREAMING-", StringComparison.Ordinal);

    public static byte[] Decode(ReadOnlySpan<byte> body)
    {
        using var content = new MemoryStream();
        while (true)
        {
            var end = body.IndexOf("\r\n"u8);
            if (end < 0)
            {
                throw Malformed();
            }

            var header = Encoding.ASCII.GetString(body[..end]).Split(';')[0];
            if (!int.TryParse(header, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var size) || size < 0)
            {
                throw Malformed();
            }

            if (size == 0)
            {
                return content.ToArray();
            }

            body = body[(end + 2)..];
            if (body.Length < size + 2)
            {
                throw Malformed();
            }

            content.Write(body[..size]);
            body = body[(size + 2)..];
        }
    }

    private static S3Exception Malformed() => new(400, "IncompleteBody", "The aws-chunked body is cut short or malformed.");
}
