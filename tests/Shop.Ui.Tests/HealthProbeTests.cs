using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class HealthProbeTests(Store store) : IClassFixture<Store>
{
    [Theory]
    [InlineData("http://+:8080", 8080)]
    [InlineData("http://*:80", 80)]
    [InlineData("https://+:8443;http://0.0.0.0:9000", 9000)]
    [InlineData("", 8080)]
    [InlineData(null, 8080)]
    public void It_asks_where_the_store_listens(string? urls, int port) => Assert.Equal(port, HealthProbe.PortOf(urls));

    [Fact]
    public async Task A_store_that_answers_is_well() => Assert.Equal(0, await HealthProbe.AskAsync(store.Address.ToString()));

    [Fact]
    public async Task Where_nothing_listens_nothing_is_well() => Assert.Equal(1, await HealthProbe.AskAsync("http://+:1"));
}
