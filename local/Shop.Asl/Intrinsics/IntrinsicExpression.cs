using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;

namespace Shop.Asl.Intrinsics;

/// <summary>A call of an intrinsic function.</summary>
internal sealed class IntrinsicExpression(string text, IntrinsicFunction function, IReadOnlyList<Expression> arguments) : Expression(text)
{
    public override JsonElement Evaluate(in Scope scope, string field)
    {
        var values = new JsonElement[arguments.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope, field);
        }

        try
        {
            return function.Call(new IntrinsicArguments(values, scope.Context.Random));
        }
        catch (IntrinsicException problem)
        {
            throw StatesException.Intrinsic(Text, problem.Message);
        }
    }
}
