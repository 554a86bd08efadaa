using System.Text.Json;

namespace Shop.Aws;

/// <summary>The body of a call to a JSON service, written without reflection, for functions that are compiled ahead of time.</summary>
public static class JsonBody
{
    /// <returns>One object with the members that <paramref name="write"/> writes, as UTF-8.</returns>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
