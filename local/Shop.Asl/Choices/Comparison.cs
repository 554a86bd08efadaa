using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Paths;

namespace Shop.Asl.Choices;

/// <summary>Compares a value with a constant or with the value at another path. Values of the wrong type are never equal, less or greater.</summary>
internal sealed class Comparison(JsonPath variable, Comparer comparer, JsonElement constant, JsonPath? path) : Condition
{
    public override bool IsMet(in Scope scope)
    {
        var left = Resolve(variable, scope);
        var right = path is null ? constant : Resolve(path, scope);
        return comparer.Compare(left, right);
    }

    public static JsonElement Resolve(JsonPath path, in Scope scope)
        => path.TryEvaluate(scope, out var value)
            ? value
            : throw StatesException.Runtime($"Invalid path '{path}': The choice state's condition path references an invalid value.");
}
