using Microsoft.Extensions.Configuration;

namespace Shop.Ui.Tests;

public sealed class OptionsTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["AWS_REGION"] = "us-east-1", ["CATALOG_URL"] = "http://alb", ["CARTS_URL"] = "http://alb/", ["CHECKOUT_URL"] = "https://alb", ["ORDERS_URL"] = "http://alb:8080",
    };

    [Fact]
    public void Addresses_may_end_in_a_slash_or_not()
    {
        var options = Read([]);
        Assert.Equal(("http://alb/", "http://alb/"), (options.CatalogUrl.ToString(), options.CartsUrl.ToString()));
        Assert.Null(options.NoticeUrl);
    }

    [Theory]
    [InlineData("AWS_REGION", "", "AWS_REGION is not set")]
    [InlineData("ORDERS_URL", "", "ORDERS_URL is not set")]
    [InlineData("CARTS_URL", "alb", "CARTS_URL must be an absolute http or https URL")]
    [InlineData("CARTS_URL", "ftp://alb", "CARTS_URL must be an absolute http or https URL")]
    public void A_setting_that_is_wrong_is_named_at_the_start(string name, string value, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(new() { [name] = value }));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_settings_are_named_at_once()
    {
        var error = Assert.Throws<InvalidOperationException>(() => UiOptions.From(new ConfigurationBuilder().Build()));
        Assert.All(Right.Keys, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    private static UiOptions Read(Dictionary<string, string?> changes) =>
        UiOptions.From(new ConfigurationBuilder().AddInMemoryCollection(Right).AddInMemoryCollection(changes).Build());
}
