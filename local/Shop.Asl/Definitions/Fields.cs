using System.Globalization;
using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.Intrinsics;
using Shop.Asl.Paths;

namespace Shop.Asl.Definitions;

/// <summary>Reads the fields of one object of a definition. What nobody asked for by the end is not a field of it.</summary>
internal sealed class Fields(JsonElement source, string location, Findings findings)
{
    private static readonly string[] JsonataFields = ["Arguments", "Output", "Condition", "Items"];

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Location { get; } = location;

    public Findings Findings { get; } = findings;

    public string At(string name) => $"{Location}/{name}";

    public bool Has(string name)
    {
        _known.Add(name);
        return source.TryGetProperty(name, out _);
    }

    public bool TryGet(string name, out JsonElement value)
    {
        _known.Add(name);
        return source.TryGetProperty(name, out value);
    }

    public string? Text(string name, bool isRequired = false)
    {
        if (!TryGet(name, out var value))
        {
            if (isRequired)
            {
                Missing(name);
            }

            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(name, "a string");
        return null;
    }

    public bool? Boolean(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(name, "a boolean");
        return null;
    }

    public int? Integer(string name, int minimum, int maximum)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"an integer from {minimum} to {maximum}"));
        return null;
    }

    public double? Number(string name, double minimum, double maximum)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= minimum && number <= maximum)
        {
            return number;
        }

        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
        return null;
    }

    public JsonPath? Path(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            var path = JsonPath.Parse(text);
            if (path.Root != PathRoot.Element)
            {
                return path;
            }
        }
        catch (FormatException problem)
        {
            Findings.Schema($"Invalid path '{text}': {problem.Message}", At(name));
            return null;
        }

        Wrong(name, "a path");
        return null;
    }

    /// <summary>A path that names one place.</summary>
    public Expression? Reference(string name)
    {
        if (Path(name) is not { } path)
        {
            return null;
        }

        if (path.IsReference)
        {
            return new PathExpression(path);
        }

        Findings.Schema($"The value for the field '{name}' must be a valid Reference Path", At(name));
        return null;
    }

    /// <summary>A path or an intrinsic function call.</summary>
    public Expression? Computed(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            return IntrinsicParser.ParseWhole(text);
        }
        catch (FormatException problem)
        {
            Findings.Schema($"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call: {problem.Message}", At(name));
            return null;
        }
    }

    /// <summary>InputPath or OutputPath.</summary>
    public Selector? Selector(string name)
    {
        if (TryGet(name, out var value) && value.ValueKind == JsonValueKind.Null)
        {
            return Paths.Selector.Discard;
        }

        return Path(name) is { } path ? Paths.Selector.At(path) : null;
    }

    public ResultPath ResultPath()
    {
        const string Name = "ResultPath";
        if (TryGet(Name, out var value) && value.ValueKind == JsonValueKind.Null)
        {
            return Paths.ResultPath.Discard;
        }

        if (Path(Name) is not { } path)
        {
            return Paths.ResultPath.Replace;
        }

        if (path is { IsReference: true, Root: PathRoot.Document })
        {
            return Paths.ResultPath.At(path);
        }

        Findings.Schema("The value for the field 'ResultPath' must be a valid Reference Path into the state's input", At(Name));
        return Paths.ResultPath.Replace;
    }

    public Template? Template(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new TemplateReader(Findings).Read(value, At(name));
        }

        Wrong(name, "an object");
        return null;
    }

    /// <summary>A constant in one field or a path in another, not both.</summary>
    public Expression? Either(string constant, Func<JsonElement?> read, string path)
    {
        var value = read();
        var reference = Reference(path);
        if (Has(constant) && Has(path))
        {
            Findings.Schema($"Only one of '{constant}' and '{path}' is allowed", Location);
        }

        return reference ?? (value is { } found ? new ConstantExpression(found.GetRawText(), found) : null);
    }

    public Expression? IntegerOrPath(string constant, string path, int minimum, int maximum)
        => Either(constant, () => Integer(constant, minimum, maximum) is { } number ? Json.Number(number) : null, path);

    public Expression? SecondsOrPath(string constant, string path)
        => IntegerOrPath(constant, path, minimum: 1, Limits.MaxSeconds);

    public IReadOnlyList<JsonElement> List(string name, bool isRequired = false, bool mayBeEmpty = false)
    {
        if (!TryGet(name, out var value))
        {
            if (isRequired)
            {
                Missing(name);
            }

            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && (mayBeEmpty || value.GetArrayLength() > 0))
        {
            return [.. value.EnumerateArray()];
        }

        Wrong(name, mayBeEmpty ? "an array" : "an array that is not empty");
        return [];
    }

    public Fields? Child(string name, bool isRequired = false)
    {
        if (!TryGet(name, out var value))
        {
            if (isRequired)
            {
                Missing(name);
            }

            return null;
        }

        return Of(value, At(name));
    }

    public Fields? Of(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Fields(value, at, Findings);
        }

        Findings.Schema("Expected an object", at);
        return null;
    }

    public void Missing(string name) => Missing([name]);

    public void Missing(IEnumerable<string> names)
        => Findings.Schema($"These fields are required: [{string.Join(", ", names)}]", Location.Length == 0 ? "/" : Location);

    public void Wrong(string name, string expected) => Findings.Schema($"The value for the field '{name}' must be {expected}", At(name));

    /// <summary>Reports the fields that nobody asked for.</summary>
    public void Close()
    {
        _known.Add("Comment");
        foreach (var property in source.EnumerateObject())
        {
            if (_known.Contains(property.Name))
            {
                continue;
            }

            Findings.Schema(
                JsonataFields.Contains(property.Name)
                    ? $"The field '{property.Name}' belongs to JSONata, which is not supported; only the JSONPath query language is"
                    : $"The field '{property.Name}' is not supported here",
                At(property.Name));
        }
    }
}
