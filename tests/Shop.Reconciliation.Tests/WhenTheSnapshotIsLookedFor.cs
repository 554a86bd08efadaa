using System.Net;
using System.Text;
using Shop.Aws;
using Shop.Lambda;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Tests;

public sealed class WhenTheSnapshotIsLookedFor
{
    private static readonly DateTimeOffset Started = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_first_one_after_this_failover_is_found_and_not_a_later_failovers()
    {
        var found = await FindAsync(Page(
            Snapshot("rds:unplanned-global-failover-orders-1", "available", "2026-10-01T00:00:00Z"),
            Snapshot("rds:unplanned-global-failover-orders-2", "available", "2026-11-23T12:20:00Z"),
            Snapshot("rds:unplanned-global-failover-orders-3", "available", "2026-11-23T12:40:00.123Z"),
            Snapshot("rds:orders-2026-11-23-13-00", "available", "2026-11-23T13:00:00Z")));

        Assert.True(found.Found);
        Assert.Equal("rds:unplanned-global-failover-orders-2", found.SnapshotId);
        Assert.Equal("arn:rds:unplanned-global-failover-orders-2", found.SnapshotArn);
    }

    [Theory]
    [InlineData("rds:unplanned-global-failover-orders-1", "available", "2026-11-23T11:59:00Z", "no point-of-failure snapshot")]
    [InlineData("rds:orders-2026-11-23-13-00", "available", "2026-11-23T13:00:00Z", "no point-of-failure snapshot")]
    [InlineData("rds:unplanned-global-failover-orders-1", "creating", "2026-11-23T12:20:00Z", "is creating")]
    public async Task Another_one_is_not_taken_for_it(string id, string status, string createdAt, string reason)
    {
        var found = await FindAsync(Page(Snapshot(id, status, createdAt)));

        Assert.False(found.Found);
        Assert.Contains(reason, found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_may_be_on_a_later_page()
    {
        var found = await FindAsync(request => request.Contains("Marker=next", StringComparison.Ordinal)
            ? Page(Snapshot("rds:unplanned-global-failover-orders-1", "available", "2026-11-23T12:20:00Z"))
            : Page("<Marker>next</Marker>"));

        Assert.True(found.Found);
    }

    [Fact]
    public async Task A_Region_that_is_dark_is_no_failure()
    {
        var found = await FindAsync(_ => throw new HttpRequestException("connection refused"));

        Assert.False(found.Found);
        Assert.Contains("us-east-1 does not answer", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_that_will_not_pass_is_a_failure()
    {
        var refused = await Assert.ThrowsAsync<AwsException>(() => FindAsync(
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>", HttpStatusCode.Forbidden));

        Assert.Equal("AccessDenied", refused.ErrorCode);
    }

    private static string Snapshot(string id, string status, string createdAt) =>
        $"<DBClusterSnapshot><DBClusterSnapshotIdentifier>{id}</DBClusterSnapshotIdentifier><DBClusterSnapshotArn>arn:{id}</DBClusterSnapshotArn>"
        + $"<Status>{status}</Status><SnapshotCreateTime>{createdAt}</SnapshotCreateTime></DBClusterSnapshot>";

    private static string Page(params string[] content)
    {
        var markers = string.Concat(content.Where(c => c.StartsWith("<Marker", StringComparison.Ordinal)));
        var snapshots = string.Concat(content.Where(c => c.StartsWith("<DBCluster", StringComparison.Ordinal)));
        return "<DescribeDBClusterSnapshotsResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><DescribeDBClusterSnapshotsResult>"
            + $"<DBClusterSnapshots>{snapshots}</DBClusterSnapshots>{markers}</DescribeDBClusterSnapshotsResult></DescribeDBClusterSnapshotsResponse>";
    }

    private static Task<FindSnapshotOutput> FindAsync(string answer, HttpStatusCode status = HttpStatusCode.OK) => FindAsync(_ => answer, status);

    private static async Task<FindSnapshotOutput> FindAsync(Func<string, string> answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var http = new HttpClient(new Played(answer, status));
        var aws = new AwsClient(
            http, new AwsEndpoints(n => n == "AWS_REGION" ? "us-west-2" : null), () => new AwsCredentials("id", "key"), TimeProvider.System);
        return await new FindSnapshotTask(aws, new Uri("http://rds.us-east-1.test/")).RunAsync(
            new("orders", "orders", "us-east-1", Started), new TaskContext("r", DateTimeOffset.MaxValue, null, "arn"), default);
    }

    private sealed class Played(Func<string, string> answer, HttpStatusCode status) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(status) { Content = new StringContent(answer(await request.Content!.ReadAsStringAsync(cancellationToken)), Encoding.UTF8, "text/xml") };
    }
}
