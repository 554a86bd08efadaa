using System.Text.Json;

namespace Shop.Asl.History;

/// <summary>The part of an event that depends on its type.</summary>
public abstract record HistoryEventDetails
{
    internal abstract void Write(Utf8JsonWriter writer, bool includeData);

    private protected static void WriteData(Utf8JsonWriter writer, string name, JsonElement data, bool includeData)
    {
        if (includeData)
        {
            writer.WriteString(name, data.GetRawText());
        }

        writer.WriteStartObject(name + "Details");
        writer.WriteBoolean("truncated"u8, false);
        writer.WriteEndObject();
    }

    private protected static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private protected static void WriteOptional(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is not null)
        {
            writer.WriteNumber(name, value.Value);
        }
    }
}
