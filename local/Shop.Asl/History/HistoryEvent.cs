using System.Text.Json;

namespace Shop.Asl.History;

/// <summary>One event of GetExecutionHistory. Text is made from it only when it is written.</summary>
public sealed record HistoryEvent(
    long Id, long PreviousEventId, DateTimeOffset Timestamp, HistoryEventType Type, HistoryEventDetails? Details)
{
    /// <summary>Writes the event in the shape of the AWS JSON 1.0 API.</summary>
    /// <param name="includeExecutionData">As of the GetExecutionHistory call: false leaves inputs and outputs out.</param>
    public void WriteTo(Utf8JsonWriter writer, bool includeExecutionData = true)
    {
        writer.WriteStartObject();
        // Epoch seconds with milliseconds, written as a plain decimal so that 0.1 + 0.2 problems can't show up.
        writer.WriteNumber("timestamp"u8, Timestamp.ToUnixTimeMilliseconds() / 1000m);
        writer.WriteString("type"u8, Type.ToString());
        writer.WriteNumber("id"u8, Id);
        writer.WriteNumber("previousEventId"u8, PreviousEventId);
        if (Details is not null)
        {
            writer.WriteStartObject(DetailsField(Type));
            Details.Write(writer, includeExecutionData);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static string DetailsField(HistoryEventType type)
    {
        var name = type.ToString();
        if (name.EndsWith("StateEntered", StringComparison.Ordinal))
        {
            return "stateEnteredEventDetails";
        }

        return name.EndsWith("StateExited", StringComparison.Ordinal)
            ? "stateExitedEventDetails"
            : char.ToLowerInvariant(name[0]) + name[1..] + "EventDetails";
    }
}
