using Microsoft.Extensions.Time.Testing;
using Shop.Aws;
using Shop.Failover.Routing;
using Shop.Lambda;
using Shop.Rehearsal.Routing;
using RoutingCluster = Shop.Failover.Routing.RoutingCluster;

namespace Shop.Failover.Tests.Routing;

/// <summary>The routing tasks against five real endpoints: the code under test signs and sends what it sends to AWS.</summary>
public sealed class RoutingTasksTests : IAsyncLifetime
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";
    private static readonly TimeSpan WaitPeriod = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();
    private readonly ArcCluster _cluster;
    private ArcEndpoints _endpoints = null!;
    private RoutingTasks _tasks = null!;

    public RoutingTasksTests() => _cluster = new([East, West], WaitPeriod, _time);

    public async ValueTask InitializeAsync()
    {
        _endpoints = await ArcEndpoints.StartAsync(_cluster, [], TestContext.Current.CancellationToken);
        var environment = new Dictionary<string, string?> { ["AWS_REGION"] = West, ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" };
        var aws = AwsClient.Create(environment.GetValueOrDefault);
        _tasks = new RoutingTasks(new RoutingCluster([.. _endpoints.All.Select(e => new Shop.Failover.ArcEndpoint(e.Region, e.Address))], aws, new Random(1)));
    }

    public ValueTask DisposeAsync() => _endpoints.DisposeAsync();

    [Fact]
    public async Task Both_controls_change_in_one_call()
    {
        var answer = await SetAsync(west: "On", east: "Off");

        Assert.True(answer.Changed);
        Assert.False(_cluster.IsOn(East));
        Assert.True(_cluster.IsOn(West));
    }

    [Fact]
    public async Task Setting_what_is_set_changes_nothing()
    {
        await SetAsync("On", "Off");

        Assert.False((await SetAsync("On", "Off")).Changed);
    }

    [Theory]
    [InlineData(ArcEndpointFault.Unavailable)]
    [InlineData(ArcEndpointFault.Dropped)]
    public async Task One_endpoint_of_five_is_enough(ArcEndpointFault fault)
    {
        foreach (var endpoint in _endpoints.All.Skip(1))
        {
            endpoint.Fault = fault;
        }

        var answer = await SetAsync("On", "Off");

        Assert.Equal(_endpoints.All[0].Region, answer.Endpoint);
        Assert.False(_cluster.IsOn(East));
    }

    [Fact]
    public async Task No_endpoint_at_all_fails_by_name_and_changes_nothing()
    {
        foreach (var endpoint in _endpoints.All)
        {
            endpoint.Fault = ArcEndpointFault.Dropped;
        }

        var error = await Assert.ThrowsAsync<ShopException>(() => SetAsync("On", "Off"));

        Assert.Equal("Shop.EndpointsExhausted", error.ErrorName);
        Assert.True(_cluster.IsOn(East));
    }

    [Fact]
    public async Task The_safety_rule_keeps_one_Region_on()
    {
        var error = await Assert.ThrowsAsync<ShopException>(() => SetAsync("Off", "Off"));

        Assert.Equal("Shop.SafetyRuleBlocked", error.ErrorName);
        Assert.True(_cluster.IsOn(East));
        Assert.True(_cluster.IsOn(West));
    }

    [Fact]
    public async Task An_update_within_the_wait_period_is_one_to_repeat()
    {
        await SetAsync("On", "Off");

        var error = await Assert.ThrowsAsync<ShopException>(() => SetAsync("On", "On"));

        Assert.Equal("Shop.RoutingConflict", error.ErrorName);
        Assert.Contains("wait period", error.Message, StringComparison.Ordinal);
        _time.Advance(WaitPeriod);
        Assert.True((await SetAsync("On", "On")).Changed);
    }

    [Fact]
    public async Task The_proof_comes_from_another_endpoint()
    {
        var set = await SetAsync("On", "Off");
        for (var i = 0; i < 10; i++)
        {
            var proof = await _tasks.GetAsync(new GetRoutingRequest(Entries("On", "Off"), set.Endpoint), TestContext.Current.CancellationToken);

            Assert.True(proof.Converged);
            Assert.NotEqual(set.Endpoint, proof.Endpoint);
        }
    }

    [Fact]
    public async Task States_other_than_the_wanted_are_not_converged() =>
        Assert.False((await _tasks.GetAsync(new GetRoutingRequest(Entries("On", "Off")), TestContext.Current.CancellationToken)).Converged);

    [Theory]
    [InlineData("on")]
    [InlineData("")]
    public async Task A_state_other_than_On_or_Off_is_refused(string state)
    {
        var error = await Assert.ThrowsAsync<ShopException>(() => SetAsync(state, "On"));

        Assert.Equal("Shop.InvalidInput", error.ErrorName);
    }

    private Task<SetRoutingAnswer> SetAsync(string west, string east) =>
        _tasks.SetAsync(new SetRoutingRequest(Entries(west, east)), TestContext.Current.CancellationToken);

    private List<RoutingEntry> Entries(string west, string east) => [new(_cluster.ControlArn(West), west), new(_cluster.ControlArn(East), east)];
}
