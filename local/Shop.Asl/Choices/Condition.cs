using System.Text.Json;
using Shop.Asl.Execution;
using Shop.Asl.Paths;

namespace Shop.Asl.Choices;

/// <summary>What has to be true of the input, context and variables.</summary>
internal abstract class Condition
{
    public abstract bool IsMet(in Scope scope);
}

internal sealed class AndCondition(Condition[] all) : Condition
{
    public override bool IsMet(in Scope scope)
    {
        foreach (var condition in all)
        {
            if (!condition.IsMet(scope))
            {
                return false;
            }
        }

        return true;
    }
}

internal sealed class OrCondition(Condition[] any) : Condition
{
    public override bool IsMet(in Scope scope)
    {
        foreach (var condition in any)
        {
            if (condition.IsMet(scope))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class NotCondition(Condition inner) : Condition
{
    public override bool IsMet(in Scope scope) => !inner.IsMet(scope);
}

/// <summary>IsPresent: the one question that may be asked about a path that leads nowhere.</summary>
internal sealed class PresenceCondition(JsonPath variable, bool expected) : Condition
{
    public override bool IsMet(in Scope scope) => variable.TryEvaluate(scope, out _) == expected;
}

/// <summary>A question about the type of a value.</summary>
internal sealed class TypeCondition(JsonPath variable, Func<JsonElement, bool> test, bool expected) : Condition
{
    public override bool IsMet(in Scope scope) => test(Comparison.Resolve(variable, scope)) == expected;
}
