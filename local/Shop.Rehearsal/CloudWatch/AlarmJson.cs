using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>Alarms in the shapes of DescribeAlarms.</summary>
internal static class AlarmJson
{
    public static JsonNode Describe(AlarmStatus status)
    {
        var json = new JsonObject
        {
            ["AlarmName"] = status.Alarm.Name,
            ["AlarmArn"] = status.Arn,
            ["AlarmDescription"] = status.Alarm.Description,
            ["StateValue"] = status.State.Name,
            ["StateReason"] = status.State.Reason,
            ["StateUpdatedTimestamp"] = status.State.Since.ToEpochSeconds(),
            ["StateTransitionedTimestamp"] = status.State.Since.ToEpochSeconds(),
        };
        switch (status.Alarm)
        {
            case CompositeAlarm composite:
                json["AlarmRule"] = composite.Rule.Text;
                break;
            case MetricAlarm metric:
                Add(json, metric);
                break;
            default:
                throw new InvalidOperationException($"Unknown kind of alarm {status.Alarm}.");
        }

        return json;
    }

    private static void Add(JsonObject json, MetricAlarm alarm)
    {
        json["Namespace"] = alarm.Metric.Namespace;
        json["MetricName"] = alarm.Metric.Name;
        json["Dimensions"] = new JsonArray([.. alarm.Metric.Dimensions.Select(dimension =>
            new JsonObject { ["Name"] = dimension.Name, ["Value"] = dimension.Value })]);
        json["Statistic"] = alarm.Statistic;
        json["Period"] = alarm.Period.TotalSeconds;
        json["EvaluationPeriods"] = alarm.EvaluationPeriods;
        json["DatapointsToAlarm"] = alarm.DatapointsToAlarm;
        json["Threshold"] = alarm.Threshold;
        json["ComparisonOperator"] = alarm.Comparison.ToString();
        json["TreatMissingData"] = alarm.TreatMissingData switch
        {
            MissingData.Breaching => "breaching",
            MissingData.NotBreaching => "notBreaching",
            MissingData.Ignore => "ignore",
            _ => "missing",
        };
    }
}
