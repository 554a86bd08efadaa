using System.Text.Json;

namespace Shop.Asl.History;

public sealed record StateEnteredDetails(string Name, JsonElement Input) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("name"u8, Name);
        WriteData(writer, "input", Input, includeData);
    }
}

public sealed record StateExitedDetails(string Name, JsonElement Output, IReadOnlyDictionary<string, JsonElement>? AssignedVariables)
    : HistoryEventDetails
{
    /// <summary>The state that comes next; null at the end of a block. The API doesn't tell.</summary>
    public string? Next { get; init; }

    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("name"u8, Name);
        WriteData(writer, "output", Output, includeData);
        if (AssignedVariables is not { Count: > 0 })
        {
            return;
        }

        if (includeData)
        {
            writer.WriteStartObject("assignedVariables"u8);
            foreach (var (name, value) in AssignedVariables)
            {
                writer.WriteString(name, value.GetRawText());
            }

            writer.WriteEndObject();
        }

        writer.WriteStartObject("assignedVariablesDetails"u8);
        writer.WriteBoolean("truncated"u8, false);
        writer.WriteEndObject();
    }
}

public sealed record MapStateStartedDetails(int Length) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData) => writer.WriteNumber("length"u8, Length);
}

public sealed record MapRunStartedDetails(string MapRunArn) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData) => writer.WriteString("mapRunArn"u8, MapRunArn);
}

public sealed record MapIterationDetails(string Name, int Index) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("name"u8, Name);
        writer.WriteNumber("index"u8, Index);
    }
}
