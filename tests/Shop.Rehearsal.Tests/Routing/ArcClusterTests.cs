using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Tests.Routing;

public sealed class ArcClusterTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ArcCluster _cluster;
    private readonly string _east;
    private readonly string _west;
    private int _changes;

    public ArcClusterTests()
    {
        _cluster = new(["us-east-1", "us-west-2"], TimeSpan.FromSeconds(5), _time);
        _cluster.Changed += () => _changes++;
        _east = _cluster.ControlArn("us-east-1");
        _west = _cluster.ControlArn("us-west-2");
    }

    [Fact]
    public void Both_regions_take_traffic_at_first()
    {
        Assert.True(_cluster.IsOn("us-east-1"));
        Assert.True(_cluster.IsOn("us-west-2"));
        Assert.False(_cluster.IsOn("eu-west-1"));
    }

    [Fact]
    public void The_last_region_can_not_be_switched_off()
    {
        _cluster.Update([(_east, false)], []);
        _time.Advance(TimeSpan.FromSeconds(6));

        var blocked = Assert.Throws<AwsServiceException>(() => _cluster.Update([(_west, false)], []));

        Assert.Equal("ConflictException", blocked.ErrorType);
        Assert.Equal(_cluster.Rule.Arn, (string?)blocked.Members["resourceId"]);
        Assert.True(_cluster.IsOn("us-west-2"));
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void An_update_of_several_controls_is_judged_and_applied_as_one()
    {
        _cluster.Update([(_east, false)], []);
        _time.Advance(TimeSpan.FromSeconds(6));

        _cluster.Update([(_west, false), (_east, true)], []);

        Assert.True(_cluster.IsOn("us-east-1"));
        Assert.False(_cluster.IsOn("us-west-2"));
    }

    [Fact]
    public void An_update_with_one_unknown_control_changes_nothing()
    {
        var error = Assert.Throws<AwsServiceException>(() => _cluster.Update([(_east, false), (_west + "0", true)], []));

        Assert.Equal("ResourceNotFoundException", error.ErrorType);
        Assert.True(_cluster.IsOn("us-east-1"));
        Assert.Equal(0, _changes);
    }

    [Fact]
    public void Updates_within_the_wait_period_are_refused_and_pass_after_it()
    {
        _cluster.Update([(_east, false)], []);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("ConflictException", Assert.Throws<AwsServiceException>(() => _cluster.Update([(_east, true)], [])).ErrorType);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        _cluster.Update([(_east, true)], []);

        Assert.True(_cluster.IsOn("us-east-1"));
    }

    [Fact]
    public void An_update_that_changes_nothing_starts_no_wait_period()
    {
        _cluster.Update([(_east, true)], []);
        _cluster.Update([(_east, false)], []);

        Assert.False(_cluster.IsOn("us-east-1"));
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void An_overridden_rule_blocks_nothing()
    {
        _cluster.Update([(_east, false)], []);
        _cluster.Update([(_west, false)], [_cluster.Rule.Arn]);

        Assert.False(_cluster.IsOn("us-west-2"));
    }
}
