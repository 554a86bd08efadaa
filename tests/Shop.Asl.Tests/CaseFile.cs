using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Cases as data: <c>Cases/&lt;topic&gt;.json</c> is an array of objects with a name.</summary>
internal static class CaseFile
{
    public static JsonElement Read(string topic)
        => JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", $"{topic}.json")), new JsonDocumentOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });

    public static IEnumerable<string> Names(string topic) => Read(topic).EnumerateArray().Select(c => c.GetProperty("name").GetString()!);

    public static TheoryData<string, string> Names(params string[] topics)
    {
        var data = new TheoryData<string, string>();
        foreach (var topic in topics)
        {
            foreach (var name in Names(topic))
            {
                data.Add(topic, name);
            }
        }

        return data;
    }

    public static JsonElement Find(string topic, string name)
        => Read(topic).EnumerateArray().Single(c => c.GetProperty("name").GetString() == name);

    public static string? TextOrNull(this JsonElement value, string name)
        => value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    public static void AssertJson(JsonElement expected, JsonElement? actual)
    {
        Assert.NotNull(actual);
        if (!JsonElement.DeepEquals(expected, actual.Value))
        {
            Assert.Equal(expected.GetRawText(), actual.Value.GetRawText());
        }
    }
}
