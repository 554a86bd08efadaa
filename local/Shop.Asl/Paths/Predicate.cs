using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Asl.Data;

namespace Shop.Asl.Paths;

/// <summary>The condition of a filter, <c>[?( … )]</c>.</summary>
internal abstract record Predicate
{
    public abstract bool Test(JsonElement element, JsonElement root);
}

internal sealed record AndPredicate(Predicate Left, Predicate Right) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root) => Left.Test(element, root) && Right.Test(element, root);
}

internal sealed record OrPredicate(Predicate Left, Predicate Right) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root) => Left.Test(element, root) || Right.Test(element, root);
}

internal sealed record NotPredicate(Predicate Inner) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root) => !Inner.Test(element, root);
}

internal sealed record ExistsPredicate(Operand Operand) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root) => Operand.TryGet(element, root, out _);
}

internal sealed record MatchPredicate(Operand Operand, Regex Pattern) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root)
        => Operand.TryGet(element, root, out var value) && value.ValueKind == JsonValueKind.String && Pattern.IsMatch(value.GetString()!);
}

internal sealed record ComparePredicate(Operand Left, string Operator, Operand Right) : Predicate
{
    public override bool Test(JsonElement element, JsonElement root)
    {
        var hasLeft = Left.TryGet(element, root, out var left);
        var hasRight = Right.TryGet(element, root, out var right);
        return Operator switch
        {
            "==" => hasLeft == hasRight && (!hasLeft || JsonElement.DeepEquals(left, right)),
            "!=" => hasLeft != hasRight || (hasLeft && !JsonElement.DeepEquals(left, right)),
            "in" => hasLeft && hasRight && IsIn(left, right),
            "nin" => !hasLeft || !hasRight || !IsIn(left, right),
            _ => hasLeft && hasRight && IsOrdered(left, right),
        };
    }

    private static bool IsIn(JsonElement value, JsonElement list)
        => list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value));

    private bool IsOrdered(JsonElement left, JsonElement right)
    {
        int order;
        if (Json.TryGetNumber(left, out var a) && Json.TryGetNumber(right, out var b))
        {
            order = a.CompareTo(b);
        }
        else if (left.ValueKind == JsonValueKind.String && right.ValueKind == JsonValueKind.String)
        {
            order = string.CompareOrdinal(left.GetString(), right.GetString());
        }
        else
        {
            return false;
        }

        return Operator switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}

/// <summary>One side of a comparison: a constant, or a path from the element or the document.</summary>
internal sealed record Operand(JsonPath? Path, JsonElement Constant)
{
    public bool TryGet(JsonElement element, JsonElement root, out JsonElement value)
    {
        if (Path is null)
        {
            value = Constant;
            return true;
        }

        return Path.TryEvaluate(Path.Root == PathRoot.Element ? element : root, root, out value)
            && (Path.IsDefinite || value.GetArrayLength() > 0);
    }
}
