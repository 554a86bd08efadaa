using MySqlConnector;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Links;
using Shop.Testing;
using static Shop.Rehearsal.Tests.Aurora.Fleet;

namespace Shop.Rehearsal.Tests.Aurora;

public sealed class WhenTheWriterMoves
{
    [Fact]
    public async Task A_failover_loses_exactly_what_never_replicated_and_the_old_data_keeps_it_as_a_snapshot()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 20);
        await fleet.ReplicatedAsync();
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Cut;
        await fleet.InsertAsync(21, 7);
        await Eventually.HoldsAsync(async () => (await fleet.Orders.MeasureLagAsync(Token)).Transactions == 7);

        await fleet.Aurora.LoseRegionAsync(East);
        var record = await fleet.Aurora.FailoverAsync("orders", West, Token);
        await fleet.InsertAsync(100, 3, through: West);

        Assert.Equal([.. Enumerable.Range(1, 20), 100, 101, 102], await fleet.ReadAsync(West));
        Assert.Equal(("shop-orders-us-east-1", "shop-orders-us-west-2", true), (record.FromClusterId, record.ToClusterId, record.AllowedDataLoss));

        await fleet.Aurora.RestoreRegionAsync(East, Token);

        var snapshot = Assert.Single(fleet.Aurora.SnapshotsIn(East));
        Assert.StartsWith("rds:unplanned-global-failover-shop-orders-us-east-1-", snapshot.Id, StringComparison.Ordinal);
        Assert.Equal(7, await Binlog.CountInsertsAsync(snapshot.BinlogBase, record.ReplicatedUpTo));
        // The rebuilt cluster follows the new writer over the link that is still cut: it has what the copy had.
        Assert.Equal([.. Enumerable.Range(1, 20), 100, 101, 102], await fleet.ReadAsync(East));
    }

    [Fact]
    public async Task A_lost_writer_comes_back_as_a_follower_and_both_have_the_same()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 5);
        await fleet.ReplicatedAsync();
        await fleet.Aurora.LoseRegionAsync(East);
        await fleet.Aurora.FailoverAsync("orders", West, Token);
        Assert.False(fleet.Orders.IsConnected(fleet.Orders.Member(East)));

        await fleet.Aurora.RestoreRegionAsync(East, Token);
        // Through the endpoint of the Region that came back, whose writer is now in the other one.
        await fleet.InsertAsync(6, 5, through: East);
        await fleet.ReplicatedAsync();

        Assert.Equal(Enumerable.Range(1, 10), await fleet.ReadAsync(West));
        Assert.Equal(Enumerable.Range(1, 10), await fleet.ReadAsync(East));
        Assert.True(fleet.Orders.IsConnected(fleet.Orders.Member(East)));
        var refused = await Assert.ThrowsAsync<MySqlException>(() => fleet.ExecuteAsync(fleet.Orders.Member(East).Endpoint, "INSERT INTO entry VALUES (99)"));
        Assert.Equal(1290, refused.Number);
        Assert.Equal(["RDS-EVENT-0238", "RDS-EVENT-0397", "RDS-EVENT-0168", "RDS-EVENT-0169", "RDS-EVENT-0240", "RDS-EVENT-0241"], fleet.Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task A_rebuilt_writer_that_was_never_written_to_hands_over_and_follows_from_where_it_stands()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 5);
        await fleet.ReplicatedAsync();
        await fleet.Aurora.LoseRegionAsync(East);
        await fleet.Aurora.FailoverAsync("orders", West, Token);
        await fleet.Aurora.RestoreRegionAsync(East, Token);
        await fleet.ReplicatedAsync();

        await fleet.Aurora.SwitchoverAsync("orders", East, Token);
        await fleet.Aurora.SwitchoverAsync("orders", West, Token);
        await fleet.Aurora.SwitchoverAsync("orders", East, Token);
        await fleet.InsertAsync(6, 5, through: East);
        await fleet.ReplicatedAsync();

        Assert.Equal(Enumerable.Range(1, 10), await fleet.ReadAsync(East));
        Assert.Equal(Enumerable.Range(1, 10), await fleet.ReadAsync(West));
    }

    [Fact]
    public async Task A_switchover_under_writes_loses_none_of_those_acknowledged_and_can_go_back()
    {
        await using var fleet = await Fleet.StartAsync();
        using var stop = new CancellationTokenSource();
        var acknowledged = new List<int>();
        var writing = Task.Run(async () =>
        {
            for (var id = 1; !stop.IsCancellationRequested; id++)
            {
                try
                {
                    await fleet.InsertAsync(id, 1);
                    acknowledged.Add(id);
                }
                catch (MySqlException)
                {
                    // Refused, or cut off with the old writer: not acknowledged.
                }
            }
        }, Token);

        await Eventually.HoldsAsync(() => acknowledged.Count > 10);
        await fleet.Aurora.SwitchoverAsync("orders", West, Token);
        var before = acknowledged.Count;
        await Eventually.HoldsAsync(() => acknowledged.Count > before + 10);
        await fleet.Aurora.SwitchoverAsync("orders", East, Token);
        await stop.CancelAsync();
        await writing;
        await fleet.ReplicatedAsync();

        var survived = await fleet.ReadAsync(East);
        Assert.Empty(acknowledged.Except(survived));
        Assert.Equal(survived, await fleet.ReadAsync(West));
        Assert.Equal([West, East], fleet.Orders.Failovers.Select(record => record.ToClusterId.Replace("shop-orders-", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failover_with_the_old_writer_alive_ends_it_first_and_rebuilds_it_without_being_asked()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 2);
        await fleet.ReplicatedAsync();
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Cut;
        await fleet.InsertAsync(3, 1);
        await using var zombie = await fleet.OpenAsync(fleet.Orders.Member(East).Endpoint);

        await fleet.Aurora.FailoverAsync("orders", West, Token);
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Pass;

        await using var insert = new MySqlCommand("INSERT INTO entry VALUES (4)", zombie);
        await Assert.ThrowsAnyAsync<Exception>(() => insert.ExecuteNonQueryAsync(Token));
        await Eventually.HoldsAsync(() => fleet.Orders.IsConnected(fleet.Orders.Member(East)));
        Assert.Equal([1, 2], await fleet.ReadAsync(East));
        Assert.Single(fleet.Aurora.SnapshotsIn(East));
        Assert.Contains(fleet.Events, e => e.EventId == "RDS-EVENT-0390");
    }

    [Fact]
    public async Task A_lost_region_whose_writer_was_not_replaced_is_the_writer_again()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 3);
        await fleet.Aurora.LoseRegionAsync(East);
        await Assert.ThrowsAnyAsync<MySqlException>(() => fleet.InsertAsync(4, 1));

        await fleet.Aurora.RestoreRegionAsync(East, Token);
        await fleet.InsertAsync(4, 1);
        await fleet.ReplicatedAsync();

        Assert.Equal([1, 2, 3, 4], await fleet.ReadAsync(West));
        Assert.Empty(fleet.Aurora.SnapshotsIn(East));
    }

    [Fact]
    public async Task A_lost_follower_catches_up_when_its_region_comes_back()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.Aurora.LoseRegionAsync(West);
        await fleet.InsertAsync(1, 3);

        await fleet.Aurora.RestoreRegionAsync(West, Token);
        await fleet.ReplicatedAsync();

        Assert.Equal([1, 2, 3], await fleet.ReadAsync(West));
    }

    [Fact]
    public async Task The_lag_grows_while_the_link_is_cut_and_ends_with_it()
    {
        await using var fleet = await Fleet.StartAsync();
        // The table too: it would be counted as a fifth transaction.
        await fleet.ReplicatedAsync();
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Cut;
        await fleet.InsertAsync(1, 4);

        await Eventually.HoldsAsync(() => fleet.Orders.Lag is { Transactions: 4, Lag.TotalMilliseconds: > 300 });
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Pass;
        await Eventually.HoldsAsync(() => fleet.Orders.Lag is { Transactions: 0, Lag.Ticks: 0 });
    }

    [Fact]
    public async Task A_switchover_that_can_not_catch_up_or_find_its_writer_leaves_the_writer_where_it_is()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.Aurora.LoseRegionAsync(East);

        var refused = await Assert.ThrowsAsync<RdsFault>(() => fleet.Aurora.SwitchoverAsync("orders", West, Token));

        Assert.Equal("Rds.InvalidGlobalClusterStateException", refused.StatesError);
        Assert.Equal(East, fleet.Orders.Writer.Region);
        Assert.Null(fleet.Orders.FailoverState);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
