using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.Paths;

namespace Shop.Asl.States;

/// <summary>Where a state that failed for good goes on.</summary>
internal sealed class Catcher(string[] errorEquals, string next, ResultPath resultPath, Template? assign)
{
    public string[] ErrorEquals { get; } = errorEquals;

    public string NextName { get; } = next;

    public ResultPath ResultPath { get; } = resultPath;

    public Template? Assign { get; } = assign;

    public State Next { get; set; } = null!;
}
