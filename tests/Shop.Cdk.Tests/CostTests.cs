using System.Text.Json.Nodes;
using Shop.Cost;

namespace Shop.Cdk.Tests;

public sealed class CostTests
{
    private static readonly PriceList Prices = PriceList.Read(Path.Combine(Templates.Repository, "cdk", "Shop.Cost", "prices.json"));

    [Fact]
    public void Every_resource_of_every_kind_of_deployment_is_priced()
    {
        foreach (var templates in (Templates[])[Templates.Default, Templates.Other, Templates.OneRegion])
        {
            Assert.NotEmpty(new Bill(StackTemplate.ReadAll(templates.Folder), Prices, Prices.Profiles["small"]).Lines);
        }
    }

    [Fact]
    public void A_resource_without_a_price_is_found()
    {
        var planted = new StackTemplate("x", "us-east-1", new Dictionary<string, JsonObject> { ["Gateway"] = new() { ["Type"] = "AWS::EC2::NatGateway" } });

        var error = Assert.Throws<UnpricedException>(() => new Bill([planted], Prices, Prices.Profiles["idle"]));
        Assert.Contains("AWS::EC2::NatGateway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_called_free_that_no_deployment_has()
    {
        // Types that the synthesis leaves out of these three sets would be dead lines.
        var types = new[] { Templates.Default, Templates.Other, Templates.OneRegion }.SelectMany(t => t.All()).Select(r => r.Resource.Type()).ToHashSet();

        Assert.Empty(Prices.Free.Keys.Where(type => !types.Contains(type)));
    }

    [Fact]
    public void Every_price_has_a_source_and_a_confidence() =>
        Assert.All(Prices.Prices, p =>
        {
            Assert.NotEmpty(p.Value.Source);
            Assert.Contains(p.Value.Confidence, (string[])["high", "medium", "low"]);
        });

    [Fact]
    public void Both_Regions_cost_less_than_half_of_what_the_sample_advertises() =>
        Assert.InRange(new CostReport(StackTemplate.ReadAll(Templates.Default.Folder), Prices).TotalWithoutCluster("small"), 200, 868.77m / 2);
}
