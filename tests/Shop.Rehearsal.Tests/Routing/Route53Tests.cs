using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Tests.Routing;

public sealed class Route53Tests
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";
    private static readonly TimeSpan Ttl = TimeSpan.FromSeconds(2.5);

    private readonly FakeTimeProvider _time = new();
    private readonly Switches _controls = new(East, West);

    [Fact]
    public void A_cached_answer_is_used_until_its_time_is_over()
    {
        var resolver = new Route53Resolver(Route53Record.ActiveStandby(_controls, [East, West], Ttl), _time);
        Assert.Equal([East], Regions(resolver));

        _controls.Set(East, false);
        _time.Advance(TimeSpan.FromSeconds(2.4));
        Assert.Equal([East], Regions(resolver));

        _time.Advance(TimeSpan.FromSeconds(.1));
        Assert.Equal([West], Regions(resolver));
    }

    [Fact]
    public void Both_regions_share_the_shoppers_evenly()
    {
        var sessions = new FrontDoorSessions(new(Route53Record.ActiveActive(_controls, [East, West], Ttl), _time));

        var toEast = Enumerable.Range(0, 2000).Count(i => sessions.RegionOf($"shopper-{i}") == East);

        Assert.InRange(toEast, 800, 1200);
    }

    [Fact]
    public void A_shopper_stays_in_a_region_until_it_is_off_and_does_not_hop_back()
    {
        var sessions = new FrontDoorSessions(new(Route53Record.ActiveActive(_controls, [East, West], Ttl), _time));
        var shopper = Enumerable.Range(0, 100).Select(i => $"shopper-{i}").First(s => sessions.RegionOf(s) == East);

        _controls.Set(East, false);
        _time.Advance(Ttl);
        Assert.Equal(West, sessions.RegionOf(shopper));

        _controls.Set(East, true);
        _time.Advance(Ttl);
        Assert.Equal(West, sessions.RegionOf(shopper));
    }

    [Fact]
    public void With_every_control_off_the_answer_is_as_if_all_were_on()
    {
        _controls.Set(East, false);
        _controls.Set(West, false);

        Assert.Equal([East, West], Regions(new(Route53Record.ActiveActive(_controls, [East, West], Ttl), _time)));
    }

    private static string[] Regions(Route53Resolver resolver) => [.. resolver.Resolve().Select(a => a.Region)];
}
