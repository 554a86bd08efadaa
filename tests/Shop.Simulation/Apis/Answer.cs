using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Shop.Simulation.Apis;

/// <summary>Makes the JSON that the model's services answer.</summary>
internal static class Answer
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static JsonElement Empty { get; } = JsonElement.Parse("{}");

    public static JsonElement Of(Action<Utf8JsonWriter> write)
    {
        var buffer = _buffer ?? new ArrayBufferWriter<byte>(1024);
        // Building one value may build another.
        _buffer = null;
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            write(writer);
        }

        var value = JsonElement.Parse(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
        _buffer = buffer;
        return value;
    }

    public static JsonElement Object(Action<Utf8JsonWriter> members) => Of(writer =>
    {
        writer.WriteStartObject();
        members(writer);
        writer.WriteEndObject();
    });

    public static string Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static bool Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public static string Iso(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
