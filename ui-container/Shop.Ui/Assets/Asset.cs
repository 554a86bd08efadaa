using System.IO.Compression;
using System.Security.Cryptography;

namespace Shop.Ui.Assets;

/// <summary>A file with its hash; texts also in brotli, as small as it gets, compressed when someone first asks.</summary>
public sealed class Asset
{
    private readonly Lazy<byte[]>? _brotli;

    private Asset(byte[] bytes, string contentType)
    {
        Bytes = bytes;
        ContentType = contentType;
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        // A font is compressed in itself.
        _brotli = contentType.StartsWith("font/", StringComparison.Ordinal) ? null : new Lazy<byte[]>(Compress);
    }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    public string Hash { get; }

    public byte[]? Brotli => _brotli?.Value;

    public static Asset Of(byte[] bytes, string contentType) => new(bytes, contentType);

    private byte[] Compress()
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal))
        {
            brotli.Write(Bytes);
        }

        return target.ToArray();
    }
}
