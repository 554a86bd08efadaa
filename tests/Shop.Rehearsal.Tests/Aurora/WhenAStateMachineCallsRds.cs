using System.Text.Json.Nodes;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Links;
using Shop.Testing;
using static Shop.Rehearsal.Tests.Aurora.Fleet;

namespace Shop.Rehearsal.Tests.Aurora;

public sealed class WhenAStateMachineCallsRds
{
    private const string WestArn = "arn:aws:rds:us-west-2:000000000000:cluster:shop-orders-us-west-2";
    private const string Orders = """{"GlobalClusterIdentifier":"shop-orders"}""";

    [Fact]
    public async Task A_failover_is_pending_at_once_and_done_when_the_target_is_the_writer_and_nothing_is_under_way()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.Aurora.LoseRegionAsync(East);

        var begun = await fleet.CallAsync(West, "failoverGlobalCluster",
            $$"""{"GlobalClusterIdentifier":"shop-orders","TargetDbClusterIdentifier":"{{WestArn}}","AllowDataLoss":true}""");

        var state = begun["GlobalCluster"]!["FailoverState"]!;
        Assert.Equal((WestArn, true), ((string?)state["ToDbClusterArn"], (bool?)state["IsDataLossAllowed"]));
        await Eventually.HoldsAsync(async () =>
        {
            var global = (await fleet.CallAsync(West, "describeGlobalClusters", Orders))["GlobalClusters"]![0]!;
            return global["FailoverState"] is null && Writer(global) == WestArn;
        });
        var done = (await fleet.CallAsync(West, "describeGlobalClusters", Orders))["GlobalClusters"]![0]!;
        Assert.Equal("available", (string?)done["Status"]);
        var old = done["GlobalClusterMembers"]!.AsArray().Single(member => !(bool)member!["IsWriter"]!)!;
        Assert.Equal("pending-resync", (string?)old["SynchronizationStatus"]);
        var cluster = (await fleet.CallAsync(West, "describeDBClusters", """{"DbClusterIdentifier":"shop-orders-us-west-2"}"""))["DbClusters"]![0]!;
        Assert.Equal(("available", true), ((string?)cluster["Status"], (bool?)cluster["DbClusterMembers"]![0]!["IsClusterWriter"]));
    }

    [Fact]
    public async Task Neither_AllowDataLoss_nor_Switchover_means_a_switchover()
    {
        await using var fleet = await Fleet.StartAsync();

        await fleet.CallAsync(East, "failoverGlobalCluster", $$"""{"GlobalClusterIdentifier":"shop-orders","TargetDbClusterIdentifier":"{{WestArn}}"}""");

        await Eventually.HoldsAsync(() => fleet.Orders.Failovers.Count == 1);
        Assert.False(fleet.Orders.Failovers[0].AllowedDataLoss);
    }

    [Fact]
    public async Task A_lost_region_s_own_rds_can_not_be_reached()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.Aurora.LoseRegionAsync(East);
        Assert.Equal("Rds.RdsException", await fleet.RefusedAsync(East, "describeGlobalClusters", Orders));
    }

    [Fact]
    public async Task The_point_of_failure_snapshot_is_copied_restored_beside_the_live_cluster_read_and_deleted()
    {
        await using var fleet = await Fleet.StartAsync();
        await fleet.InsertAsync(1, 2);
        await fleet.ReplicatedAsync();
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Cut;
        await fleet.InsertAsync(3, 2);
        await fleet.Aurora.LoseRegionAsync(East);
        await fleet.Aurora.FailoverAsync("orders", West, Token);
        fleet.Aurora.Topology.Replication.Fault = LinkFault.Pass;
        await fleet.Aurora.RestoreRegionAsync(East, Token);

        var snapshot = (await fleet.CallAsync(East, "describeDBClusterSnapshots", """{"DbClusterIdentifier":"shop-orders-us-east-1","SnapshotType":"automated"}"""))["DbClusterSnapshots"]![0]!;
        Assert.Equal("Rds.DbClusterSnapshotNotFoundException", await fleet.RefusedAsync(East, "describeDBClusterSnapshots", $$"""{"DbClusterSnapshotIdentifier":"{{snapshot["DbClusterSnapshotIdentifier"]}}"}"""));
        var copy = $$"""{"SourceDBClusterSnapshotIdentifier":"{{snapshot["DbClusterSnapshotArn"]}}","TargetDBClusterSnapshotIdentifier":"recon-1","SourceRegion":"us-east-1"}""";
        await fleet.CallAsync(West, "copyDBClusterSnapshot", copy);
        Assert.Equal("Rds.DbClusterSnapshotAlreadyExistsException", await fleet.RefusedAsync(West, "copyDBClusterSnapshot", copy));
        await fleet.UntilAsync(West, "describeDBClusterSnapshots", """{"DbClusterSnapshotIdentifier":"recon-1"}""", "DbClusterSnapshots", "Status", "available");

        const string restore = """{"DbClusterIdentifier":"recon-1","SnapshotIdentifier":"arn:aws:rds:us-west-2:000000000000:cluster-snapshot:recon-1","Engine":"aurora-mysql"}""";
        var restored = await fleet.CallAsync(West, "restoreDBClusterFromSnapshot", restore);
        Assert.Equal("Rds.DbClusterAlreadyExistsException", await fleet.RefusedAsync(West, "restoreDBClusterFromSnapshot", restore));
        await fleet.UntilAsync(West, "describeDBClusters", """{"DbClusterIdentifier":"recon-1"}""", "DbClusters", "Status", "available");

        const string instance = """{"DbInstanceIdentifier":"recon-1-a","DbInstanceClass":"db.serverless","Engine":"aurora-mysql","DbClusterIdentifier":"recon-1"}""";
        await fleet.CallAsync(West, "createDBInstance", instance);
        Assert.Equal("Rds.DbInstanceAlreadyExistsException", await fleet.RefusedAsync(West, "createDBInstance", instance));
        await fleet.UntilAsync(West, "describeDBInstances", """{"DbInstanceIdentifier":"recon-1-a"}""", "DbInstances", "DbInstanceStatus", "available");

        var beside = fleet.Aurora.ClustersIn(West).Single(cluster => cluster.Id == "recon-1");
        Assert.Equal(beside.Endpoint.Port, (int)restored["DbCluster"]!["Port"]!);
        Assert.Equal([1, 2, 3, 4], await fleet.ReadAsync(beside.Endpoint));
        Assert.Equal([1, 2], await fleet.ReadAsync(West));

        Assert.Equal("Rds.InvalidDbClusterStateException", await fleet.RefusedAsync(West, "deleteDBCluster", """{"DbClusterIdentifier":"recon-1","SkipFinalSnapshot":true}"""));
        await fleet.CallAsync(West, "deleteDBInstance", """{"DbInstanceIdentifier":"recon-1-a","SkipFinalSnapshot":true}""");
        await fleet.CallAsync(West, "deleteDBCluster", """{"DbClusterIdentifier":"recon-1","SkipFinalSnapshot":true}""");
        await Eventually.HoldsAsync(() => fleet.Aurora.ClustersIn(West).All(cluster => cluster.Id != "recon-1"));
        await fleet.CallAsync(West, "deleteDBClusterSnapshot", """{"DbClusterSnapshotIdentifier":"recon-1"}""");
        Assert.Empty(fleet.Aurora.SnapshotsIn(West));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string? Writer(JsonNode global) =>
        (string?)global["GlobalClusterMembers"]!.AsArray().Single(member => (bool)member!["IsWriter"]!)!["DbClusterArn"];
}
