using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class SmallerPageTests(Store store) : IClassFixture<Store>
{
    [Theory]
    [InlineData("/home", "br, gzip", "br")]
    [InlineData("/home", "gzip", "gzip")]
    [InlineData("/home", "", null)]
    [InlineData("/assets/site.css", "gzip, br", "br")]
    [InlineData("/assets/site.css", "gzip", null)]
    [InlineData("/assets/trench.svg", "br", "br")]
    [InlineData("/assets/archivo.woff2", "br", null)]
    public async Task What_a_client_can_unpack_is_packed(string path, string accepted, string? encoding)
    {
        using var shopper = store.Shopper();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);

        var reply = await shopper.SendAsync(request);

        Assert.Equal(encoding, reply.Header("Content-Encoding"));
    }
}
