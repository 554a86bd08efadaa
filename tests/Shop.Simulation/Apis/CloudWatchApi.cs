using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Apis;

/// <summary>The lag metric of a secondary, which a lost primary leaves without new data points, and metrics that are published.</summary>
internal static class CloudWatchApi
{
    public static JsonElement Call(SimulatedExecution execution, ActionName action, JsonElement request) => action.Action switch
    {
        "getMetricData" => Lag(execution.Cloud.World, action, request),
        "putMetricData" => Answer.Empty,
        _ => throw Errors.Unknown(action),
    };

    private static JsonElement Lag(World world, ActionName action, JsonElement request)
    {
        if (world.Setup.LagMetric == LagMetric.Failing)
        {
            throw Errors.Of(action, isHard: false);
        }

        // Data points come once a minute, and no more once the link is cut.
        var newest = (world.LinkCutAt ?? world.Time.Now) - TimeSpan.FromSeconds(30);
        var isThere = world.Setup.LagMetric == LagMetric.Fresh && newest >= DateTimeOffset.Parse(request.Text("StartTime"), System.Globalization.CultureInfo.InvariantCulture);
        return Answer.Object(writer =>
        {
            writer.WriteStartArray("MetricDataResults"u8);
            foreach (var query in request.GetProperty("MetricDataQueries").EnumerateArray())
            {
                writer.WriteStartObject();
                writer.WriteString("Id"u8, query.Text("Id"));
                writer.WriteString("StatusCode"u8, "Complete");
                writer.WriteStartArray("Values"u8);
                if (isThere)
                {
                    writer.WriteNumberValue(world.Setup.Lag.TotalMilliseconds);
                }

                writer.WriteEndArray();
                writer.WriteStartArray("Timestamps"u8);
                if (isThere)
                {
                    writer.WriteStringValue(Answer.Iso(newest));
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }
}
