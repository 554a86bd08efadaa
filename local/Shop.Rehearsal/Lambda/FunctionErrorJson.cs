using System.Text.Json;

namespace Shop.Rehearsal.Lambda;

internal static class FunctionErrorJson
{
    public static byte[] Write(string errorType, string errorMessage)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorType", errorType);
            json.WriteString("errorMessage", errorMessage);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
