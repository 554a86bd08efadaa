using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;

namespace Shop.Asl.Paths;

/// <summary>A compiled JSONPath. Definite paths select one value or none; all others give an array, which may be empty.</summary>
internal sealed class JsonPath(string text, PathRoot root, string? variable, IReadOnlyList<PathSegment> segments)
{
    private readonly PathSegment[] _segments = [.. segments];

    public string Text { get; } = text;

    public PathRoot Root { get; } = root;

    public string? Variable { get; } = variable;

    public IReadOnlyList<PathSegment> Segments => _segments;

    public bool IsDefinite { get; } = segments.All(segment => segment.IsDefinite);

    /// <summary>Whether it is a path that names one place: no wildcards, slices, filters or descent.</summary>
    public bool IsReference => IsDefinite;

    public static JsonPath Parse(string text) => PathParser.ParseWhole(text);

    public bool TryEvaluate(in Scope scope, out JsonElement value)
    {
        JsonElement start;
        switch (Root)
        {
            case PathRoot.Document:
                start = scope.Document;
                break;
            case PathRoot.Context when IsDefinite:
                return scope.Context.TryFind(_segments, out value);
            case PathRoot.Context:
                start = scope.Context.ToJson();
                break;
            default:
                if (!scope.Context.Variables.TryGet(Variable!, out start))
                {
                    value = default;
                    return false;
                }

                break;
        }

        return TryEvaluate(start, start, out value);
    }

    public bool TryEvaluate(JsonElement start, JsonElement root, out JsonElement value)
    {
        value = start;
        if (!IsDefinite)
        {
            value = Json.Array(Select(start, root));
            return true;
        }

        return PathSegment.TryFollow(_segments, ref value);
    }

    /// <summary>All values it selects.</summary>
    public List<JsonElement> Select(JsonElement start, JsonElement root)
    {
        List<JsonElement> current = [start];
        foreach (var segment in _segments)
        {
            List<JsonElement> next = [];
            foreach (var value in current)
            {
                segment.Select(value, root, next);
            }

            current = next;
        }

        return current;
    }

    public override string ToString() => Text;
}
