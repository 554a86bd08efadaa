using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>The part of the CloudWatch API that state machines, functions and operators use here, in its JSON protocol.</summary>
public static class CloudWatchApi
{
    public static IReadOnlyDictionary<string, AwsOperation> Operations(CloudWatchService service, TimeProvider time) =>
        new Dictionary<string, AwsOperation>
        {
            ["PutMetricData"] = (input, _) => Task.FromResult(PutMetricData(service, time, input)),
            ["GetMetricData"] = (input, _) => Task.FromResult(GetMetricData(service, input)),
            ["DescribeAlarms"] = (input, _) => Task.FromResult(DescribeAlarms(service, input)),
            ["SetAlarmState"] = (input, _) => Task.FromResult(SetAlarmState(service, input)),
        };

    public static AwsJsonApi ToJsonApi(CloudWatchService service, TimeProvider time, ILogger? logger = null) =>
        new("GraniteServiceVersion20100801", "1.0", Operations(service, time), logger);

    private static JsonObject PutMetricData(CloudWatchService service, TimeProvider time, JsonElement input)
    {
        var metricNamespace = input.RequiredString("Namespace");
        var points = input.OptionalList("MetricData")
            .Select(datum => (Metric: Metric(metricNamespace, datum), Point: Point(datum, datum.OptionalTime("Timestamp") ?? time.GetUtcNow())))
            .ToList();
        foreach (var (metric, point) in points)
        {
            service.Metrics.Put(metric, point);
        }

        return [];
    }

    private static MetricPoint Point(JsonElement datum, DateTimeOffset at)
    {
        if (Number(datum, "Value") is { } value)
        {
            return MetricPoint.Of(at, value);
        }

        if (datum.TryGetProperty("StatisticValues", out var set))
        {
            var sum = Required(set, "Sum");
            return new(at, Required(set, "SampleCount"), sum, Required(set, "Minimum"), Required(set, "Maximum"), sum);
        }

        var values = datum.OptionalList("Values").Select(item => item.GetDouble()).ToList();
        var counts = datum.OptionalList("Counts").Select(item => item.GetDouble()).ToList();
        if (values.Count == 0 || (counts.Count > 0 && counts.Count != values.Count))
        {
            throw new AwsServiceException("InvalidParameterCombination", "A datum needs Value, StatisticValues, or Values with as many Counts.");
        }

        counts = counts.Count > 0 ? counts : [.. Enumerable.Repeat(1.0, values.Count)];
        return new(at, counts.Sum(), values.Zip(counts, (value, count) => value * count).Sum(), values.Min(), values.Max(), values[^1]);
    }

    private static JsonObject GetMetricData(CloudWatchService service, JsonElement input)
    {
        var from = input.OptionalTime("StartTime") ?? throw Missing("StartTime");
        var to = input.OptionalTime("EndTime") ?? throw Missing("EndTime");
        var ascending = input.OptionalString("ScanBy") == "TimestampAscending";
        var queries = input.OptionalList("MetricDataQueries");
        if (queries.Count == 0)
        {
            throw Missing("MetricDataQueries");
        }

        if (from >= to)
        {
            throw AwsRequest.Invalid("The parameter StartTime must be less than the parameter EndTime.");
        }

        return new()
        {
            ["MetricDataResults"] = new JsonArray([.. queries.Select(query => Result(service, query, from, to, ascending))]),
            ["Messages"] = new JsonArray(),
        };
    }

    private static JsonObject Result(CloudWatchService service, JsonElement query, DateTimeOffset from, DateTimeOffset to, bool ascending)
    {
        if (!query.TryGetProperty("MetricStat", out var stat) || !stat.TryGetProperty("Metric", out var metric))
        {
            throw AwsRequest.Invalid("Only queries with a MetricStat are answered here; expressions are not.");
        }

        var statistic = stat.RequiredString("Stat");
        var period = Number(stat, "Period");
        if (!MetricPoint.IsStatistic(statistic) || period is null or <= 0)
        {
            throw AwsRequest.Invalid($"A MetricStat needs a Period and one of the simple statistics, not '{statistic}'.");
        }

        var id = Metric(metric.RequiredString("Namespace"), metric);
        var points = service.Metrics.Read(id, TimeSpan.FromSeconds(period.Value), from, to);
        var ordered = ascending ? points : [.. points.Reverse()];
        return new()
        {
            ["Id"] = query.RequiredString("Id"),
            ["Label"] = query.OptionalString("Label") ?? id.Name,
            ["StatusCode"] = "Complete",
            ["Timestamps"] = new JsonArray([.. ordered.Select(point => JsonValue.Create(point.Time.ToEpochSeconds()))]),
            ["Values"] = new JsonArray([.. ordered.Select(point => JsonValue.Create(point.Get(statistic)))]),
        };
    }

    private static JsonObject DescribeAlarms(CloudWatchService service, JsonElement input)
    {
        var names = input.OptionalStrings("AlarmNames");
        var prefix = input.OptionalString("AlarmNamePrefix") ?? "";
        var state = input.OptionalString("StateValue");
        var types = input.OptionalStrings("AlarmTypes");
        var found = service.Alarms
            .Where(status => names.Count == 0 || names.Contains(status.Alarm.Name))
            .Where(status => status.Alarm.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Where(status => state is null || status.State.Name == state)
            .ToList();

        // As in AWS: without AlarmTypes only metric alarms are returned.
        return new()
        {
            ["MetricAlarms"] = Alarms<MetricAlarm>(types.Count == 0 || types.Contains(nameof(MetricAlarm))),
            ["CompositeAlarms"] = Alarms<CompositeAlarm>(types.Contains(nameof(CompositeAlarm))),
        };

        JsonArray Alarms<T>(bool wanted) =>
            wanted ? new([.. found.Where(status => status.Alarm is T).Select(AlarmJson.Describe)]) : [];
    }

    private static JsonObject SetAlarmState(CloudWatchService service, JsonElement input)
    {
        var value = input.RequiredString("StateValue") switch
        {
            "OK" => AlarmValue.Ok,
            "ALARM" => AlarmValue.Alarm,
            "INSUFFICIENT_DATA" => AlarmValue.InsufficientData,
            var other => throw AwsRequest.Invalid($"StateValue must be OK, ALARM or INSUFFICIENT_DATA, not '{other}'."),
        };
        service.SetAlarmState(input.RequiredString("AlarmName"), value, input.RequiredString("StateReason"));
        return [];
    }

    private static MetricId Metric(string metricNamespace, JsonElement json) => new(
        metricNamespace, json.RequiredString("MetricName"),
        json.OptionalList("Dimensions").Select(dimension => (dimension.RequiredString("Name"), dimension.RequiredString("Value"))));

    private static double Required(JsonElement json, string name) => Number(json, name) ?? throw Missing(name);

    private static double? Number(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number
        : throw AwsRequest.Invalid($"{name} must be a number.");

    private static AwsServiceException Missing(string name) => new("MissingParameter", $"The parameter {name} is required.");
}
