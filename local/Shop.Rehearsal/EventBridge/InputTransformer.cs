using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Makes a target's input from an event: named paths into the event, and a template with <c>&lt;name&gt;</c> in it.</summary>
public sealed class InputTransformer(IReadOnlyDictionary<string, string> paths, string template)
{
    private const int LongestTemplate = 8192;

    public static InputTransformer Parse(JsonElement json)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.TryGetProperty("InputPathsMap", out var map))
        {
            foreach (var path in map.EnumerateObject())
            {
                paths[path.Name] = path.Value.GetString() is { } text && (text == "$" || text.StartsWith("$.", StringComparison.Ordinal))
                    ? text
                    : throw new FormatException($"InputPathsMap: '{path.Name}' must be a path like $.detail.state, not {path.Value.GetRawText()}.");
            }
        }

        var template = json.RequiredString("InputTemplate");
        return template.Length <= LongestTemplate
            ? new(paths, template)
            : throw new FormatException($"InputTemplate has {template.Length} characters, {LongestTemplate} are allowed.");
    }

    /// <returns>The text of the target's input.</returns>
    public string Transform(JsonElement source, IReadOnlyDictionary<string, string> reserved)
    {
        var output = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < template.Length; i++)
        {
            var end = template[i] == '<' ? template.IndexOf('>', i) : -1;
            if (end > i && Value(template[(i + 1)..end], source, reserved) is { } value)
            {
                output.Append(quoted ? Inside(value) : value);
                i = end;
                continue;
            }

            if (template[i] == '"' && !IsEscaped(i))
            {
                quoted = !quoted;
            }

            output.Append(template[i]);
        }

        return output.ToString();
    }

    // JSON text of a variable; null when the template names none, and then the text stays as it is.
    private string? Value(string name, JsonElement source, IReadOnlyDictionary<string, string> reserved)
    {
        if (reserved.TryGetValue(name, out var text))
        {
            return JsonValue.Create(text).ToJsonString();
        }

        if (name is "aws.events.event" or "aws.events.event.json")
        {
            return source.GetRawText();
        }

        return paths.TryGetValue(name, out var path) ? Find(source, path)?.GetRawText() ?? "\"\"" : null;
    }

    private static JsonElement? Find(JsonElement source, string path)
    {
        var value = source;
        foreach (var name in path.Split('.').Skip(1))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    // Within quotes a string goes in without its own; anything else as text whose quotes are escaped.
    private static string Inside(string value) => value[0] == '"' ? value[1..^1] : JsonValue.Create(value).ToJsonString()[1..^1];

    private bool IsEscaped(int index)
    {
        var backslashes = 0;
        while (index - backslashes > 0 && template[index - backslashes - 1] == '\\')
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }
}
