using System.Globalization;
using System.Text.Json;
using Shop.Simulation.Apis;

namespace Shop.Simulation.Model.Expressions;

/// <summary>An UpdateExpression of DynamoDB: <c>SET a = :x, b = if_not_exists(b, :y) + :z REMOVE c ADD d :n</c>.</summary>
internal static class Update
{
    /// <summary>The item as it is after the update; all values are computed from the item as it was.</summary>
    public static void Apply(string text, in Scope scope, Dictionary<string, JsonElement> item)
    {
        var tokens = Token.Read(text);
        var next = 0;
        var clause = "";
        while (tokens[next].Kind != TokenKind.End)
        {
            if (IsClause(tokens[next]))
            {
                clause = tokens[next++].Text.ToUpperInvariant();
            }

            var name = scope.Attribute(tokens[next++]);
            switch (clause)
            {
                case "SET":
                    Expect(tokens[next++], "=");
                    item[name] = Value(tokens, ref next, scope);
                    break;
                case "ADD":
                    item[name] = Sum(scope.Item is not null && scope.Item.TryGetValue(name, out var old) ? old : null, scope.Operand(tokens[next++]), 1);
                    break;
                case "REMOVE":
                    item.Remove(name);
                    break;
                default:
                    throw new ExpressionException($"Syntax error; token: '{name}'.");
            }

            if (tokens[next].Is(","))
            {
                next++;
            }
        }
    }

    private static bool IsClause(in Token token) => token.Is("SET") || token.Is("REMOVE") || token.Is("ADD");

    private static JsonElement Value(List<Token> tokens, ref int next, in Scope scope)
    {
        var left = Operand(tokens, ref next, scope);
        if (!tokens[next].Is("+") && !tokens[next].Is("-"))
        {
            return left ?? throw new ExpressionException("The provided expression refers to an attribute that does not exist in the item");
        }

        var sign = tokens[next++].Is("+") ? 1 : -1;
        return Sum(left, Operand(tokens, ref next, scope), sign);
    }

    private static JsonElement? Operand(List<Token> tokens, ref int next, in Scope scope)
    {
        if (!tokens[next].Is("if_not_exists"))
        {
            return scope.Operand(tokens[next++]);
        }

        var (name, otherwise) = (tokens[next + 2], tokens[next + 4]);
        next += 6;
        return scope.Operand(name) ?? scope.Operand(otherwise);
    }

    private static JsonElement Sum(JsonElement? left, JsonElement? right, int sign)
    {
        var sum = Number(left) + (sign * Number(right));
        return Answer.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("N"u8, sum.ToString(CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        });
    }

    private static decimal Number(JsonElement? attribute) =>
        attribute is { } found ? decimal.Parse(found.GetProperty("N").GetString()!, CultureInfo.InvariantCulture) : 0;

    private static void Expect(in Token token, string text)
    {
        if (!token.Is(text))
        {
            throw new ExpressionException($"Syntax error; token: '{token.Text}'.");
        }
    }
}
