using System.Globalization;
using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Expressions;
using Shop.Asl.Intrinsics;

namespace Shop.Asl.Definitions;

/// <summary>Compiles payload templates. Parts without computed fields become constants.</summary>
internal sealed class TemplateReader(Findings findings)
{
    private const string Computed = ".$";

    public Template Read(JsonElement value, string location) => value.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(value, location),
        JsonValueKind.Array => ReadArray(value, location),
        _ => ReadConstant(value, location),
    };

    private Template ReadObject(JsonElement value, string location)
    {
        var fields = new List<KeyValuePair<string, Template>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var at = $"{location}/{property.Name}";
            var isComputed = property.Name.EndsWith(Computed, StringComparison.Ordinal);
            var name = isComputed ? property.Name[..^Computed.Length] : property.Name;
            if (!names.Add(name))
            {
                findings.Schema($"The field '{name}' is there twice, with and without '.$'", at);
            }

            fields.Add(new(name, isComputed ? ReadComputed(property.Name, property.Value, at) : Read(property.Value, at)));
        }

        return fields.TrueForAll(field => field.Value is ConstantTemplate) ? new ConstantTemplate(Json.Compact(value)) : new ObjectTemplate(fields);
    }

    private Template ReadArray(JsonElement value, string location)
    {
        var index = 0;
        List<Template> items = [];
        foreach (var item in value.EnumerateArray())
        {
            items.Add(Read(item, string.Create(CultureInfo.InvariantCulture, $"{location}[{index++}]")));
        }

        return items.TrueForAll(item => item is ConstantTemplate) ? new ConstantTemplate(Json.Compact(value)) : new ArrayTemplate(items);
    }

    private ConstantTemplate ReadConstant(JsonElement value, string location)
    {
        if (value.ValueKind == JsonValueKind.String && LooksComputed(value.GetString()!))
        {
            findings.Warning(DiagnosticCodes.NoDollar, $"The value '{value.GetString()}' looks like a path or function, but its field doesn't end in '.$'", location);
        }

        return new ConstantTemplate(Json.Compact(value));
    }

    private ExpressionTemplate ReadComputed(string name, JsonElement value, string location)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : null;
        try
        {
            if (text is not null)
            {
                return new ExpressionTemplate(name, IntrinsicParser.ParseWhole(text));
            }

            findings.Schema($"The value for the field '{name}' must be a STRING that contains a JSONPath or an intrinsic function call", location);
        }
        catch (FormatException problem)
        {
            findings.Schema($"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call: {problem.Message}", location);
        }

        return new ExpressionTemplate(name, new ConstantExpression("null", Json.Null));
    }

    private static bool LooksComputed(string text)
        => text.StartsWith("$.", StringComparison.Ordinal)
            || text.StartsWith("$$.", StringComparison.Ordinal)
            || (text.StartsWith("States.", StringComparison.Ordinal) && text.EndsWith(')'));
}
