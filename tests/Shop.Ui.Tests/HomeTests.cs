using Shop.Ui.Home;
using Shop.Ui.Tests.Support;

namespace Shop.Ui.Tests;

public sealed class HomeTests
{
    private static readonly DateTimeOffset Day = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_window_changes_with_the_day_and_is_varied()
    {
        var today = ShopWindow.Dress(Seed.Products, Day);

        Assert.Equal(4, today.DistinctBy(p => p.Id).Count());
        Assert.True(today.Select(p => p.Tag[0]).Distinct().Count() > 1);
        Assert.Equal(today, ShopWindow.Dress(Seed.Products, Day.AddHours(3)));
        Assert.NotEqual(today, ShopWindow.Dress(Seed.Products, Day.AddDays(1)));
        Assert.Empty(ShopWindow.Dress([], Day));
    }

    [Theory]
    [InlineData("us-east-1", "us-east-1")]
    [InlineData("us-west-2", "us-west-2")]
    [InlineData("eu-central-1", "eu-central-1")]
    [InlineData("mars-north-1", null)]
    public void Two_clocks_stand_for_two_Regions_and_one_of_them_serves(string region, string? lit)
    {
        var clocks = WorldClock.Pair(region, Day);

        Assert.Equal(2, clocks.DistinctBy(c => c.Region).Count());
        Assert.Equal(lit, clocks.SingleOrDefault(c => c.IsHere)?.Region);
        Assert.All(clocks, c => Assert.Equal(Day, c.Time));
    }
}
