namespace Shop.Cdk.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("env", "Production")]
    [InlineData("env", "a-name-that-is-too-long")]
    [InlineData("primaryRegion", "Virginia")]
    [InlineData("standbyRegion", "us-east-1")]
    [InlineData("standbyCidr", "10.1.0.0/16")]
    [InlineData("primaryCidr", "10.1.2.0/24")]
    [InlineData("primaryZones", "a,b")]
    [InlineData("routing", "dns")]
    [InlineData("headlessStandby", "maybe")]
    [InlineData("maxRpoSeconds", "0")]
    [InlineData("minimumCapacity", "0")]
    [InlineData("minimumCapacity", "0.3")]
    [InlineData("architecture", "mips")]
    [InlineData("hostedZoneId", "Z1")]
    [InlineData("canaryMinutes", "-1")]
    public void A_setting_that_makes_no_sense_is_named_with_what_was_expected(string key, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Read(new() { [key] = value }));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_in_one_Region_only_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Read(new() { ["primaryCertificateArn"] = "arn:aws:acm:us-east-1:111111111111:certificate/x" }));

    [Fact]
    public void A_synthesis_that_fails_is_not_tried_again_by_each_test()
    {
        var first = Assert.ThrowsAny<Exception>(() => Templates.Of("refused", new() { ["env"] = "refused", ["primaryZones"] = "a" }));

        Assert.Same(first, Assert.ThrowsAny<Exception>(() => Templates.Of("refused", [])));
    }

    [Fact]
    public void Without_settings_there_are_two_Regions_and_an_environment_named_dev()
    {
        var deployment = Read([]);

        Assert.Equal("shop-dev-orders", deployment.Name("orders"));
        Assert.Equal(["us-east-1", "us-west-2"], deployment.Regions.Select(r => r.Code));
        Assert.Equal("http://store.dev.shop.internal/", deployment.StoreUrl);
    }

    private static Deployment Read(Dictionary<string, string> settings) => DeploymentReader.Read(settings.GetValueOrDefault, Templates.Repository);
}
