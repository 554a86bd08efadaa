using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;

namespace Shop.Asl.States;

/// <summary>How many iterations of a Map may fail: ToleratedFailureCount and ToleratedFailurePercentage, or their Path forms.</summary>
internal sealed record FailureTolerance(Expression? Count, Expression? Percentage)
{
    public (int? Count, double? Percentage) Evaluate(in Scope scope)
        => ((int?)Number(Count, scope, "ToleratedFailureCountPath", int.MaxValue), Number(Percentage, scope, "ToleratedFailurePercentagePath", 100));

    private static double? Number(Expression? expression, in Scope scope, string field, double maximum)
    {
        if (expression is null)
        {
            return null;
        }

        var value = expression.Evaluate(scope, field);
        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and var number && number <= maximum
            ? number
            : throw StatesException.Runtime($"The {field} parameter does not reference a valid number: {expression} == {value.GetRawText()}");
    }
}
