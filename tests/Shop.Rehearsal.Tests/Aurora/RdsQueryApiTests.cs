using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Shop.Rehearsal.Aurora;
using Shop.Testing;
using static Shop.Rehearsal.Tests.Aurora.Fleet;

namespace Shop.Rehearsal.Tests.Aurora;

public sealed class RdsQueryApiTests
{
    private static readonly XNamespace Rds = "http://rds.amazonaws.com/doc/2014-10-31/";

    [Fact]
    public async Task Forms_are_answered_in_xml_of_the_wire_s_spelling()
    {
        await using var fleet = await Fleet.StartAsync();

        var (status, described) = await CallAsync(fleet, East, "Action=DescribeGlobalClusters&Version=2014-10-31&GlobalClusterIdentifier=shop-orders");
        Assert.Equal(200, status);
        var members = described.Descendants(Rds + "GlobalClusterMembers").Single().Elements(Rds + "GlobalClusterMember").ToList();
        Assert.Equal(["true", "false"], members.Select(member => member.Element(Rds + "IsWriter")!.Value));

        (_, described) = await CallAsync(fleet, East, "Action=DescribeDBClusters&Version=2014-10-31&DBClusterIdentifier=shop-orders-us-east-1");
        Assert.Equal("available", described.Element(Rds + "DescribeDBClustersResult")!.Element(Rds + "DBClusters")!.Element(Rds + "DBCluster")!.Element(Rds + "Status")!.Value);

        (status, var begun) = await CallAsync(fleet, East,
            "Action=SwitchoverGlobalCluster&Version=2014-10-31&GlobalClusterIdentifier=shop-orders&TargetDbClusterIdentifier=shop-orders-us-west-2");
        Assert.Equal((200, "switching-over"), (status, begun.Descendants(Rds + "Status").First().Value));
        await Eventually.HoldsAsync(() => fleet.Orders.Writer.Region == West && fleet.Orders.FailoverState is null);
    }

    [Fact]
    public async Task A_refusal_carries_the_wire_s_error_code()
    {
        await using var fleet = await Fleet.StartAsync();

        var (status, error) = await CallAsync(fleet, East, "Action=DescribeDBClusters&Version=2014-10-31&DBClusterIdentifier=none");
        Assert.Equal((404, "DBClusterNotFoundFault", "Sender"), (status, error.Descendants(Rds + "Code").Single().Value, error.Descendants(Rds + "Type").Single().Value));

        (status, error) = await CallAsync(fleet, East, "Version=2014-10-31");
        Assert.Equal((400, "InvalidAction"), (status, error.Descendants(Rds + "Code").Single().Value));
    }

    private static async Task<(int Status, XElement Body)> CallAsync(Fleet fleet, string region, string form)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.ContentType = "application/x-www-form-urlencoded; charset=utf-8";
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(form));
        context.Response.Body = new MemoryStream();
        Assert.True(RdsQueryApi.Accepts(context.Request));
        await new RdsQueryApi(fleet.Aurora).HandleAsync(context, region);
        context.Response.Body.Position = 0;
        return (context.Response.StatusCode, await XElement.LoadAsync(context.Response.Body, LoadOptions.None, TestContext.Current.CancellationToken));
    }
}
