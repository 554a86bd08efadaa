using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Links;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.Tests.Aurora;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.Faults;

/// <summary>The board over real links and two real database servers; no Regions around them.</summary>
public sealed class FaultBoardTests : IAsyncLifetime
{
    private Fleet _fleet = null!;
    private HostParts _parts = null!;
    private FaultBoard _board = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _fleet = await Fleet.StartAsync();
        var options = new RehearsalOptions();
        var arc = new ArcCluster(options.Regions, TimeSpan.Zero, TimeProvider.System);
        _parts = new HostParts(Workspace.Find(), options, null!, arc, NullLoggerFactory.Instance) { Aurora = _fleet.Aurora, ArcEndpoints = await ArcEndpoints.StartAsync(arc, [], Token) };
        _board = new FaultBoard(_parts, TimeProvider.System);
    }

    [Fact]
    public void A_fault_is_in_force_until_it_is_ended()
    {
        var fault = _board.Start(Named("cut-replication"), null);
        Assert.Equal(LinkFault.Cut, _fleet.Aurora.Topology.Replication.Fault);
        Assert.Equal(LinkFault.Pass, _fleet.Aurora.Topology.Clients.Fault);
        Assert.Equal([fault], _board.Active);

        Assert.True(_board.End(Named("cut-replication"), null));
        Assert.Equal(LinkFault.Pass, _fleet.Aurora.Topology.Replication.Fault);
        Assert.Empty(_board.Active);
        Assert.False(_board.End(Named("cut-replication"), null));
    }

    [Fact]
    public void A_fault_that_says_something_else_of_the_same_links_takes_the_place_of_the_first()
    {
        _board.Start(Named("partition"), null);
        _board.Start(Named("slow-link"), null);
        Assert.Equal(["slow-link"], _board.Active.Select(a => a.Kind.Name));
        Assert.All(_parts.Links, l => Assert.Equal(LinkFaultKind.Delay, l.Fault.Kind));

        var first = FaultPhrase.Parse("link databases cut", r => r!);
        var second = FaultPhrase.Parse("link databases refuse", r => r!);
        _board.Start(first, null);
        _board.Start(second, null);
        Assert.Equal(["slow-link", second.Name], _board.Active.Select(a => a.Kind.Name));
        Assert.Equal(LinkFault.Refuse, _fleet.Aurora.Topology.Clients.Fault);
    }

    [Fact]
    public void Ending_all_mends_what_others_broke_too()
    {
        _board.Start(Named("arc-endpoints-down"), null);
        Assert.Equal(4, _parts.ArcEndpoints.All.Count(e => e.Fault == ArcEndpointFault.Unavailable));
        _fleet.Aurora.Topology.Clients.Fault = LinkFault.Blackhole;

        _board.EndAll();
        Assert.Empty(_board.Active);
        Assert.All(_parts.ArcEndpoints.All, e => Assert.Equal(ArcEndpointFault.None, e.Fault));
        Assert.All(_parts.Links, l => Assert.Equal(LinkFault.Pass, l.Fault));
    }

    [Fact]
    public void What_belongs_to_a_Region_is_forgotten_with_it()
    {
        _board.Start(Named("pause-orders-database"), Fleet.West);
        _board.Start(Named("partition"), null);
        _board.Forget(Fleet.West);
        Assert.Equal(["partition"], _board.Active.Select(a => a.Kind.Name));
        _fleet.Orders.Member(Fleet.West).Server!.Resume();
    }

    [Fact]
    public async Task A_flapping_link_is_down_and_up_by_turns_and_stays_up_when_it_is_ended()
    {
        var flap = FaultPhrase.Parse("link databases flap 50ms", r => r!);
        _board.Start(flap, null);
        await Eventually.HoldsAsync(() => _fleet.Aurora.Topology.Clients.Fault == LinkFault.Cut);
        await Eventually.HoldsAsync(() => _fleet.Aurora.Topology.Clients.Fault == LinkFault.Pass);
        await Eventually.HoldsAsync(() => _fleet.Aurora.Topology.Clients.Fault == LinkFault.Cut);

        _board.End(flap, null);
        await Task.Delay(200, Token);
        Assert.Equal(LinkFault.Pass, _fleet.Aurora.Topology.Clients.Fault);
    }

    [Fact]
    public async Task Who_met_a_link_s_fault_is_counted()
    {
        var cut = FaultPhrase.Parse("link replication cut", r => r!);
        Assert.Equal(0, _board.Met(cut));
        _board.Start(cut, null);
        await Eventually.HoldsAsync(() => _board.Met(cut) > 0);
        Assert.Null(_board.Met(Named("partition")));
    }

    [Fact]
    public async Task Replication_can_be_stopped_at_the_apply_and_go_on()
    {
        var paused = FaultPhrase.Parse("replication paused", r => r!);
        var follower = _fleet.Orders.Member(Fleet.West).Server!;
        _board.Start(paused, null);
        await _board.Settled;
        Assert.Equal("No", (await follower.RowAsync("SHOW SLAVE STATUS", Token))["Slave_SQL_Running"]);
        _board.End(paused, null);
        await _board.Settled;
        Assert.Equal("Yes", (await follower.RowAsync("SHOW SLAVE STATUS", Token))["Slave_SQL_Running"]);
    }

    [Fact]
    public async Task A_killed_server_is_started_again_when_the_fault_ends()
    {
        var kill = FaultPhrase.Parse($"kill orders-database {Fleet.West}", r => r!);
        var server = _fleet.Orders.Member(Fleet.West).Server!;
        _board.Start(kill, null);
        await _board.Settled;
        Assert.False(server.IsRunning);
        _board.End(kill, null);
        await _board.Settled;
        Assert.True(server.IsRunning);
    }

    [Fact]
    public void Every_named_fault_says_what_one_will_see() =>
        Assert.All(FaultKind.All, k => Assert.True(k.Effect.Length > 20 && k.Title.Length > 0 && FaultKind.Find(k.Name) == k));

    public async ValueTask DisposeAsync()
    {
        await _parts.ArcEndpoints.DisposeAsync();
        _parts.Http.Dispose();
        await _fleet.DisposeAsync();
    }

    private static FaultKind Named(string name) => FaultKind.Find(name)!;
}
