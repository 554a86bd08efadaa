using Shop.Asl.Expressions;
using Shop.Asl.States;

namespace Shop.Asl.Choices;

/// <summary>One entry of a Choice state's Choices.</summary>
internal sealed class ChoiceRule(Condition condition, string next, Template? assign)
{
    public Condition Condition { get; } = condition;

    public string NextName { get; } = next;

    public Template? Assign { get; } = assign;

    public State Next { get; set; } = null!;
}
