using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Paths;

namespace Shop.Asl.Expressions;

/// <summary>A value that is computed: a path, an intrinsic function call, or a constant as the argument of one.</summary>
internal abstract class Expression(string text)
{
    public string Text { get; } = text;

    /// <param name="field">For error messages: the field that the value is for.</param>
    public abstract JsonElement Evaluate(in Scope scope, string field);

    public override string ToString() => Text;
}

internal sealed class ConstantExpression(string text, JsonElement value) : Expression(text)
{
    public JsonElement Value { get; } = value;

    public override JsonElement Evaluate(in Scope scope, string field) => Value;
}

internal sealed class PathExpression(JsonPath path) : Expression(path.Text)
{
    public JsonPath Path { get; } = path;

    public override JsonElement Evaluate(in Scope scope, string field)
    {
        if (Path.TryEvaluate(scope, out var value))
        {
            return value;
        }

        var searched = Path.Root == PathRoot.Context ? scope.Context.ToJson() : scope.Document;
        throw new StatesException(
            ErrorNames.ParameterPathFailure,
            $"The JSONPath '{Path}' specified for the field '{field}' could not be found in the input '{Json.Text(searched)}'") { IsEvaluation = true };
    }
}
