using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Shop.Ui.Assets;

/// <summary>The files that are part of the program. Their address carries their hash, so that a new version is seen at once.</summary>
public static class StoreAssets
{
    private static readonly FrozenDictionary<string, Asset> Files = Load("site.css", "favicon.svg");

    public static Asset? Find(string name) => Files.GetValueOrDefault(name);

    public static string Url(string name) => $"/assets/{name}?v={Files[name].Hash}";

    private static FrozenDictionary<string, Asset> Load(params string[] names) =>
        names.ToFrozenDictionary(name => name, name =>
        {
            using var stream = typeof(StoreAssets).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"{name} is not part of the assembly.");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Asset.Of(bytes.ToArray(), name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "image/svg+xml");
        });
}

public sealed record Asset(byte[] Bytes, string ContentType, string Hash)
{
    public static Asset Of(byte[] bytes, string contentType) => new(bytes, contentType, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
}
