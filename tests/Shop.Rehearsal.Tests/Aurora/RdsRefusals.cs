using static Shop.Rehearsal.Tests.Aurora.Fleet;

namespace Shop.Rehearsal.Tests.Aurora;

public sealed class RdsRefusals(SharedFleet shared) : IClassFixture<SharedFleet>
{
    [Theory]
    [InlineData("describeGlobalClusters", """{"GlobalClusterIdentifier":"none"}""", "Rds.GlobalClusterNotFoundException")]
    [InlineData("describeDBClusters", """{"DbClusterIdentifier":"none"}""", "Rds.DbClusterNotFoundException")]
    [InlineData("describeDBClusters", """{"DbClusterIdentifier":"shop-orders-us-east-1"}""", "Rds.DbClusterNotFoundException")]
    [InlineData("describeDBClusters", """{"DBClusterIdentifier":"shop-orders-us-west-2"}""", "Rds.RdsException")]
    [InlineData("describeDBInstances", """{"DbInstanceIdentifier":"none"}""", "Rds.DbInstanceNotFoundException")]
    [InlineData("describeDBClusterSnapshots", """{"DbClusterSnapshotIdentifier":"none"}""", "Rds.DbClusterSnapshotNotFoundException")]
    [InlineData("deleteDBCluster", """{"DbClusterIdentifier":"shop-orders-us-west-2","SkipFinalSnapshot":true}""", "Rds.InvalidDbClusterStateException")]
    [InlineData("failoverGlobalCluster", """{"GlobalClusterIdentifier":"shop-orders","TargetDbClusterIdentifier":"none"}""", "Rds.DbClusterNotFoundException")]
    [InlineData("failoverGlobalCluster", """{"GlobalClusterIdentifier":"shop-orders","TargetDbClusterIdentifier":"shop-orders-us-east-1","AllowDataLoss":true}""", "Rds.InvalidDbClusterStateException")]
    [InlineData("rebootDBCluster", "{}", "Rds.RdsException")]
    public async Task What_is_refused_has_the_name_that_a_Catch_expects(string action, string parameters, string error)
    {
        Assert.Equal(error, await shared.Fleet.RefusedAsync(West, action, parameters));
    }
}
