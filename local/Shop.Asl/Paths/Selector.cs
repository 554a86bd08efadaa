using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;

namespace Shop.Asl.Paths;

/// <summary>InputPath and OutputPath: a path, or null for the empty object.</summary>
internal sealed class Selector
{
    private readonly JsonPath? _path;

    private Selector(JsonPath? path)
    {
        _path = path;
    }

    public static Selector Discard { get; } = new(null);

    /// <returns>Null if the path is <c>$</c>: nothing to do.</returns>
    public static Selector? At(JsonPath path) => path is { Root: PathRoot.Document, Segments.Count: 0 } ? null : new Selector(path);

    public JsonElement Apply(in Scope scope)
    {
        if (_path is null)
        {
            return Json.EmptyObject;
        }

        return _path.TryEvaluate(scope, out var value)
            ? value
            : throw StatesException.Runtime($"Invalid path '{_path}': No results for path: {_path}");
    }
}
