using System.Globalization;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>Alarms when <see cref="DatapointsToAlarm"/> of the last <see cref="EvaluationPeriods"/> complete periods are beyond the threshold.</summary>
/// <remarks>Periods may be fractions of a second here, so that a rehearsal needn't wait for minutes.</remarks>
public sealed record MetricAlarm(string Name, MetricId Metric, Comparison Comparison, double Threshold) : IAlarm
{
    public string Description { get; init; } = "";

    public string Statistic { get; init; } = "Average";

    public TimeSpan Period { get; init; } = TimeSpan.FromMinutes(1);

    public int EvaluationPeriods { get; init; } = 1;

    public int DatapointsToAlarm { get; init; } = 1;

    public MissingData TreatMissingData { get; init; } = MissingData.Missing;

    public (AlarmValue Value, string Reason)? Evaluate(AlarmContext context)
    {
        var end = MetricStore.Floor(context.Now, Period);
        var begin = end - (EvaluationPeriods * Period);
        var found = context.Metrics.Read(Metric, Period, begin, end);
        if (found.Count < EvaluationPeriods && begin < context.Since)
        {
            return null;
        }

        var missing = EvaluationPeriods - found.Count;
        if (found.Count == 0 && TreatMissingData is MissingData.Missing or MissingData.Ignore)
        {
            return TreatMissingData == MissingData.Ignore
                ? null
                : (AlarmValue.InsufficientData, $"Insufficient Data: {missing} datapoints were unknown.");
        }

        var breaching = found.Count(IsBreaching) + (TreatMissingData == MissingData.Breaching ? missing : 0);
        var value = breaching >= DatapointsToAlarm ? AlarmValue.Alarm : AlarmValue.Ok;
        return (value, Reason(found, breaching, missing));
    }

    public JsonObject Configuration() => new()
    {
        ["description"] = Description,
        ["metrics"] = new JsonArray(new JsonObject
        {
            ["id"] = "m1",
            ["metricStat"] = new JsonObject
            {
                ["metric"] = new JsonObject
                {
                    ["namespace"] = Metric.Namespace,
                    ["name"] = Metric.Name,
                    ["dimensions"] = new JsonObject(Metric.Dimensions.Select(dimension =>
                        KeyValuePair.Create(dimension.Name, (JsonNode?)JsonValue.Create(dimension.Value)))),
                },
                ["period"] = Period.TotalSeconds,
                ["stat"] = Statistic,
            },
            ["returnData"] = true,
        }),
    };

    private bool IsBreaching(MetricPoint point)
    {
        var value = point.Get(Statistic);
        return Comparison switch
        {
            Comparison.GreaterThanOrEqualToThreshold => value >= Threshold,
            Comparison.GreaterThanThreshold => value > Threshold,
            Comparison.LessThanThreshold => value < Threshold,
            Comparison.LessThanOrEqualToThreshold => value <= Threshold,
            _ => throw new InvalidOperationException($"Unknown comparison {Comparison}."),
        };
    }

    private string Reason(IReadOnlyList<MetricPoint> found, int breaching, int missing)
    {
        var values = string.Join(", ", found.Reverse().Take(5).Select(point => point.Get(Statistic).ToString("0.###", CultureInfo.InvariantCulture)));
        var threshold = Threshold.ToString(CultureInfo.InvariantCulture);
        return $"Threshold Crossed: {breaching} out of the last {EvaluationPeriods} datapoints [{values}] breach {Comparison} {threshold} " +
            $"({missing} missing, treated as {TreatMissingData}; {DatapointsToAlarm} needed for ALARM).";
    }
}
