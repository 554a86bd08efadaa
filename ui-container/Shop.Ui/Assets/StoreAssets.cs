using System.Collections.Frozen;

namespace Shop.Ui.Assets;

/// <summary>The files that are part of the program. Their address carries their hash, so that a new version is seen at once.</summary>
public static class StoreAssets
{
    private static readonly FrozenDictionary<string, Asset> Files = Load("site.css", "store.js", "favicon.svg", "archivo.woff2");

    public static Asset? Find(string name) => Files.GetValueOrDefault(name);

    public static string Url(string name) => $"/assets/{name}?v={Files[name].Hash}";

    private static FrozenDictionary<string, Asset> Load(params string[] names) =>
        names.ToFrozenDictionary(name => name, name =>
        {
            using var stream = typeof(StoreAssets).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"{name} is not part of the assembly.");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Asset.Of(bytes.ToArray(), TypeOf(name));
        });

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".woff2" => "font/woff2",
        _ => "image/svg+xml",
    };
}
