using System.Text.Json;

namespace Shop.Asl.History;

/// <summary>One event of GetExecutionHistory. Text is made from it only when it is written.</summary>
public sealed record HistoryEvent(
    long Id, long PreviousEventId, DateTimeOffset Timestamp, HistoryEventType Type, HistoryEventDetails? Details)
{
    /// <summary>
    /// Which branch or iteration it belongs to: empty for the machine itself, <c>/2/0</c> for the first iteration of a Map in the third branch of
    /// a Parallel. The API doesn't tell; a checkpoint is derived from it.
    /// </summary>
    public string Frame { get; init; } = "";

    /// <summary>Reads what <see cref="KeepTo"/> wrote.</summary>
    public static HistoryEvent Read(JsonElement kept) => HistoryEventReader.Read(kept);

    /// <summary>Writes all of it, also what the API doesn't tell.</summary>
    public void KeepTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteMembers(writer, includeExecutionData: true);
        if (Frame.Length > 0)
        {
            writer.WriteString("frame"u8, Frame);
        }

        if (Details is StateExitedDetails { Next: { } next })
        {
            writer.WriteString("next"u8, next);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the event in the shape of the AWS JSON 1.0 API.</summary>
    /// <param name="includeExecutionData">As of the GetExecutionHistory call: false leaves inputs and outputs out.</param>
    public void WriteTo(Utf8JsonWriter writer, bool includeExecutionData = true)
    {
        writer.WriteStartObject();
        WriteMembers(writer, includeExecutionData);
        writer.WriteEndObject();
    }

    internal static string DetailsField(HistoryEventType type)
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

    private void WriteMembers(Utf8JsonWriter writer, bool includeExecutionData)
    {
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
    }
}
