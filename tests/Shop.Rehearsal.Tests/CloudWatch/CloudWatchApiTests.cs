using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Tests.CloudWatch;

public sealed class CloudWatchApiTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-14T12:00:30Z", null));
    private readonly EventBus _bus;
    private readonly CloudWatchService _service;

    public CloudWatchApiTests()
    {
        var power = new RegionPower("us-west-2");
        _bus = new(power, _time);
        _service = new(power, _bus, _time);
    }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return _bus.DisposeAsync();
    }

    [Fact]
    public async Task What_was_put_is_read_newest_first()
    {
        await CallAsync("PutMetricData", """
            {"Namespace":"Shop","MetricData":[
              {"MetricName":"Lag","Dimensions":[{"Name":"Db","Value":"orders"}],"Value":3,"Timestamp":1773489600},
              {"MetricName":"Lag","Dimensions":[{"Name":"Db","Value":"orders"}],"Values":[1,2],"Counts":[2,1],"Timestamp":1773489660}]}
            """);

        var answer = await CallAsync("GetMetricData", """
            {"StartTime":"2026-03-14T12:00:20Z","EndTime":"2026-03-14T12:02:00Z","MetricDataQueries":[{"Id":"lag","MetricStat":{
              "Metric":{"Namespace":"Shop","MetricName":"Lag","Dimensions":[{"Name":"Db","Value":"orders"}]},"Period":60,"Stat":"Sum"}}]}
            """);

        var result = answer["MetricDataResults"]![0]!;
        Assert.Equal("[4,3]", result["Values"]!.ToJsonString());
        Assert.Equal("[1773489660,1773489600]", result["Timestamps"]!.ToJsonString());
        Assert.Equal("lag", (string?)result["Id"]);
    }

    [Fact]
    public async Task A_metric_without_data_has_empty_lists()
    {
        var answer = await CallAsync("GetMetricData", """
            {"StartTime":1773489600,"EndTime":1773489700,"MetricDataQueries":[{"Id":"q","MetricStat":{
              "Metric":{"Namespace":"Shop","MetricName":"Nothing"},"Period":60,"Stat":"Maximum"}}]}
            """);

        Assert.Equal("[]", answer["MetricDataResults"]![0]!["Values"]!.ToJsonString());
    }

    [Theory]
    [InlineData("GetMetricData", """{"EndTime":1,"MetricDataQueries":[]}""", "MissingParameter")]
    [InlineData("GetMetricData", """{"StartTime":2,"EndTime":1,"MetricDataQueries":[{"Id":"q"}]}""", "ValidationException")]
    [InlineData("GetMetricData", """{"StartTime":1,"EndTime":2,"MetricDataQueries":[{"Id":"q","Expression":"m1*2"}]}""", "ValidationException")]
    [InlineData("PutMetricData", """{"MetricData":[]}""", "ValidationException")]
    [InlineData("PutMetricData", """{"Namespace":"n","MetricData":[{"MetricName":"m"}]}""", "InvalidParameterCombination")]
    [InlineData("SetAlarmState", """{"AlarmName":"none","StateValue":"OK","StateReason":"r"}""", "ResourceNotFound")]
    public async Task A_wrong_request_is_refused_by_name(string operation, string input, string error) =>
        Assert.Equal(error, (await Assert.ThrowsAsync<AwsServiceException>(() => CallAsync(operation, input))).ErrorType);

    [Fact]
    public async Task Alarms_are_described_by_name_and_kind()
    {
        _service.Add(
            new MetricAlarm("lag", new("Shop", "Lag"), Comparison.GreaterThanThreshold, 5),
            new CompositeAlarm("peer-down", AlarmRule.Parse("ALARM(lag)")));

        var metric = await CallAsync("DescribeAlarms", "{}");
        Assert.Equal("lag", (string?)Assert.Single(metric["MetricAlarms"]!.AsArray())!["AlarmName"]);
        Assert.Empty(metric["CompositeAlarms"]!.AsArray());

        var composite = await CallAsync("DescribeAlarms", """{"AlarmNames":["peer-down"],"AlarmTypes":["CompositeAlarm"]}""");
        var alarm = Assert.Single(composite["CompositeAlarms"]!.AsArray())!;
        Assert.Equal("ALARM(lag)", (string?)alarm["AlarmRule"]);
        Assert.Equal("INSUFFICIENT_DATA", (string?)alarm["StateValue"]);
    }

    private Task<JsonObject> CallAsync(string operation, string input) =>
        CloudWatchApi.Operations(_service, _time)[operation](JsonConversions.Parse(input), TestContext.Current.CancellationToken);
}
