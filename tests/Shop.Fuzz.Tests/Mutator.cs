using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shop.Fuzz.Tests;

/// <summary>Makes wrong documents of right ones: other values, other types, other names, parts left out or twice, and text that is no JSON any more.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> seeds)
{
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e300", "-0", "9223372036854775807", "9223372036854775808", "99999999999999999999", "2147483648", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\uffff\"", "\"😀\"", "\"' OR '1'='1\"", "\"<script>\"", "\"=1+1\"", "\"../../etc/passwd\"", "\"\\r\\nX-Evil: 1\"", "\"$\"", "\"$$\"", "\"$.a[\"", "\"$[?(@.x\"", "\"States.Format(\"",
        "\"%zz\"", "\"2020-13-45T99:99:99Z\"", "[]", "[null]", "[[[[]]]]", "{}", "{\"a\":null}", "{\"\":{}}", "\"Zm9v\"", "\"!notbase64\"",
    ];

    public string Next()
    {
        var text = seeds[random.Next(seeds.Count)];
        for (var i = 1 + random.Next(4); i > 0; i--)
        {
            try
            {
                text = random.Next(5) == 0 ? Scribble(text) : Change(text);
            }
            catch (InvalidOperationException)
            {
                // Half a character, which can be read and not be written again.
                text = Scribble(text);
            }
        }

        return text;
    }

    private string Change(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return Scribble(text);
        }

        var places = new List<(JsonNode Parent, object At)>();
        try
        {
            Collect(root, places);
        }
        catch (ArgumentException)
        {
            // A name twice: the reader finds that only when it is looked at.
            return Scribble(text);
        }

        if (places.Count == 0)
        {
            return Value();
        }

        var (parent, at) = places[random.Next(places.Count)];
        return (random.Next(6), parent) switch
        {
            (0, JsonObject o) => Remove(o, (string)at, root),
            (1, JsonObject o) => Rename(o, (string)at, root),
            (2, _) => Write(root, Twice(parent, at)),
            (3, _) => Deep(root, parent, at),
            _ => Replace(root, parent, at, Value()),
        };
    }

    private string Value() => random.Next(12) == 0 ? JsonSerializer.Serialize(new string((char)random.Next(1, 0xD7FF), random.Next(1, 3000))) : Values[random.Next(Values.Length)];

    private static void Collect(JsonNode? node, List<(JsonNode, object)> places)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (name, value) in o.ToList())
                {
                    places.Add((o, name));
                    Collect(value, places);
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    places.Add((a, i));
                    Collect(a[i], places);
                }

                break;
        }
    }

    private static string Remove(JsonObject parent, string name, JsonNode? root)
    {
        parent.Remove(name);
        return Text(root);
    }

    private string Rename(JsonObject parent, string name, JsonNode? root)
    {
        var value = parent[name];
        parent.Remove(name);
        parent[random.Next(3) == 0 ? name.ToUpperInvariant() : name + ".$"] = value;
        return Text(root);
    }

    /// <summary>A member or an element once more, which a parsed document can't hold: a marker stands for it until the text is written.</summary>
    private static (string Marker, string Original) Twice(JsonNode parent, object at)
    {
        var original = (at is string name ? parent[name] : parent[(int)at])?.ToJsonString() ?? "null";
        Set(parent, at, JsonValue.Create("@@twice@@"));
        return (at is string n ? $"{original},{JsonSerializer.Serialize(n)}:{original}" : $"{original},{original}", original);
    }

    private static string Write(JsonNode? root, (string Twice, string Original) part) => Text(root).Replace("\"@@twice@@\"", part.Twice, StringComparison.Ordinal);

    private string Deep(JsonNode? root, JsonNode parent, object at)
    {
        var depth = random.Next(2, 200);
        Set(parent, at, JsonValue.Create("@@deep@@"));
        return Text(root).Replace("\"@@deep@@\"", new string('[', depth) + new string(']', depth), StringComparison.Ordinal);
    }

    private static string Replace(JsonNode? root, JsonNode parent, object at, string value)
    {
        Set(parent, at, JsonValue.Create("@@value@@"));
        return Text(root).Replace("\"@@value@@\"", value, StringComparison.Ordinal);
    }

    private static void Set(JsonNode parent, object at, JsonNode? value)
    {
        if (at is string name)
        {
            parent[name] = value;
        }
        else
        {
            parent[(int)at] = value;
        }
    }

    private static string Text(JsonNode? root) => root?.ToJsonString() ?? "null";

    private string Scribble(string text)
    {
        if (text.Length == 0)
        {
            return Value();
        }

        var builder = new StringBuilder(text);
        var at = random.Next(builder.Length);
        switch (random.Next(4))
        {
            case 0:
                builder.Length = at;
                break;
            case 1:
                builder[at] = (char)random.Next(1, 0x7F);
                break;
            case 2:
                builder.Insert(at, Value());
                break;
            default:
                builder.Remove(at, Math.Min(random.Next(1, 8), builder.Length - at));
                break;
        }

        return builder.ToString();
    }
}
