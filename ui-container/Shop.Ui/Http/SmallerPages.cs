using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Shop.Ui.Http;

internal static class SmallerPages
{
    /// <summary>Also over https: no page holds a secret beside words that a stranger can choose, which is what guessing by size needs.</summary>
    public static void AddSmallerPages(this IServiceCollection services)
    {
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes = ["text/html"];
            o.Providers.Add<BrotliCompressionProvider>();
            o.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
    }
}
