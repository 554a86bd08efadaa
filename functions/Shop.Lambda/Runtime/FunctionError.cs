using System.Buffers;
using System.Text;
using System.Text.Json;
using Shop.Lambda.Logging;

namespace Shop.Lambda.Runtime;

/// <summary>An exception in the shape that Lambda hands to the caller of a function.</summary>
internal sealed record FunctionError(string Type, string Message, IReadOnlyList<string> StackTrace, FunctionError? Cause)
{
    // Lambda refuses larger errors, and the caller would see none at all.
    private const int Limit = 256 * 1024;

    // A header of a few kilobytes passes everywhere.
    private const int XRayMessage = 500;
    private const int XRayFrames = 10;

    public static FunctionError From(Exception exception) => new(
        exception is ShopException shop ? shop.ErrorName : exception.GetType().Name,
        ExceptionText.Of(exception),
        exception.StackTrace?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        exception.InnerException is { } inner ? From(inner) : null);

    public byte[] ToJson()
    {
        var json = Write(this);
        return json.Length <= Limit
            ? json
            : Write(new FunctionError(Type, "Exception exceeded maximum payload size of 256KB.", [], null));
    }

    /// <summary>The cause in the form that X-Ray draws, for a header: on one line, and short. Stack frames are strings here, so they go as labels.</summary>
    public string ToXRayCause()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("working_directory", Environment.CurrentDirectory);
            json.WriteStartArray("exceptions");
            for (var error = this; error is not null; error = error.Cause)
                error.WriteXRay(json);
            json.WriteEndArray();
            json.WriteStartArray("paths");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteXRay(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("message", Message.Length > XRayMessage ? Message[..XRayMessage] : Message);
        json.WriteStartArray("stack");
        foreach (var frame in StackTrace.Take(XRayFrames))
        {
            json.WriteStartObject();
            json.WriteString("label", frame);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] Write(FunctionError error)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
            error.WriteTo(json);
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("errorType", Type);
        json.WriteString("errorMessage", Message);
        json.WriteStartArray("stackTrace");
        foreach (var line in StackTrace)
            json.WriteStringValue(line);
        json.WriteEndArray();
        if (Cause is not null)
        {
            json.WritePropertyName("cause");
            Cause.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
