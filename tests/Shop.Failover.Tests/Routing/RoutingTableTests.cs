using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Shop.Aws;
using Shop.Failover.Routing;
using Shop.Lambda;

namespace Shop.Failover.Tests.Routing;

/// <summary>Routing by the control table: the conditions that keep one Region On, and the words to the health checks.</summary>
public sealed class RoutingTableTests : IDisposable
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";
    private readonly TableAndMetrics _aws = new();
    private readonly RoutingTable _table;
    private readonly RoutingTasks _tasks;

    public RoutingTableTests()
    {
        var environment = new Dictionary<string, string?> { ["AWS_REGION"] = West };
        var aws = new AwsClient(new HttpClient(_aws), new AwsEndpoints(environment.GetValueOrDefault), () => new AwsCredentials("test", "test"), TimeProvider.System);
        _table = new RoutingTable(aws, "failover-control", "Shop/Routing/test", West);
        _tasks = new RoutingTasks(_table);
    }

    public void Dispose() => _aws.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_are_On_as_long_as_nobody_has_said_otherwise()
    {
        var answer = await _tasks.GetAsync(new GetRoutingRequest([new(East, "On"), new(West, "On")]), Cancellation);

        Assert.True(answer.Converged);
    }

    [Fact]
    public async Task A_Region_that_is_turned_off_is_told_to_the_health_checks()
    {
        var answer = await _tasks.SetAsync(new SetRoutingRequest([new(West, "On"), new(East, "Off")]), Cancellation);

        Assert.True(answer.Changed);
        Assert.Equal([(East, "1"), (West, "0")], _aws.Told.Order());
        Assert.True((await _tasks.GetAsync(new GetRoutingRequest([new(East, "Off")]), Cancellation)).Converged);
    }

    [Fact]
    public async Task Setting_what_is_set_changes_nothing()
    {
        await _tasks.SetAsync(new SetRoutingRequest([new(West, "On"), new(East, "Off")]), Cancellation);

        Assert.False((await _tasks.SetAsync(new SetRoutingRequest([new(West, "On"), new(East, "Off")]), Cancellation)).Changed);
    }

    [Fact]
    public async Task One_Region_stays_On()
    {
        await _tasks.SetAsync(new SetRoutingRequest([new(West, "On"), new(East, "Off")]), Cancellation);

        var error = await Assert.ThrowsAsync<ShopException>(() => _tasks.SetAsync(new SetRoutingRequest([new(West, "Off")]), Cancellation));

        Assert.Equal("Shop.SafetyRuleBlocked", error.ErrorName);
        Assert.True((await _tasks.GetAsync(new GetRoutingRequest([new(West, "On")]), Cancellation)).Converged);
    }

    [Fact]
    public async Task Of_two_changes_at_once_one_is_refused()
    {
        _aws.BeforeUpdate = () => _aws.Version++;

        var error = await Assert.ThrowsAsync<ShopException>(() => _tasks.SetAsync(new SetRoutingRequest([new(East, "Off")]), Cancellation));

        Assert.Equal("Shop.RoutingConflict", error.ErrorName);
    }

    [Fact]
    public async Task What_is_closed_is_told_again()
    {
        await _tasks.SetAsync(new SetRoutingRequest([new(West, "On"), new(East, "Off")]), Cancellation);
        _aws.Told.Clear();

        await _table.TellAsync(Cancellation);

        Assert.Contains((East, "1"), _aws.Told);
    }

    /// <summary>One item with DynamoDB's condition, and a metric store, at the protocol.</summary>
    private sealed class TableAndMetrics : HttpMessageHandler
    {
        private JsonObject? _states;

        public int Version { get; set; }

        public Action? BeforeUpdate { get; set; }

        public ConcurrentBag<(string Region, string Closed)> Told { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            if (!request.Headers.TryGetValues("X-Amz-Target", out var target))
            {
                var form = HttpUtility.ParseQueryString(body);
                Assert.Equal("PutMetricData", form["Action"]);
                for (var i = 1; form[$"MetricData.member.{i}.Value"] is { } value; i++)
                {
                    Told.Add((form[$"MetricData.member.{i}.Dimensions.member.1.Value"]!, value));
                }

                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<PutMetricDataResponse/>") };
            }

            var input = JsonNode.Parse(body)!;
            return target.Single().EndsWith("GetItem", StringComparison.Ordinal) ? Json(Item()) : Update(input);
        }

        private JsonObject Item() => _states is null ? [] : new JsonObject
        {
            ["Item"] = new JsonObject { ["states"] = new JsonObject { ["M"] = _states.DeepClone() }, ["version"] = new JsonObject { ["N"] = $"{Version}" } },
        };

        private HttpResponseMessage Update(JsonNode input)
        {
            BeforeUpdate?.Invoke();
            var values = input["ExpressionAttributeValues"]!;
            var known = values[":known"]?["N"]?.ToString() ?? "0";
            if (known != $"{Version}")
            {
                return Json(new JsonObject { ["__type"] = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException" }, HttpStatusCode.BadRequest);
            }

            _states = values[":states"]!["M"]!.DeepClone().AsObject();
            Version = int.Parse(values[":next"]!["N"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
            return Json([]);
        }

        private static HttpResponseMessage Json(JsonObject body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body.ToJsonString()) };
    }
}
