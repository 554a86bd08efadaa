using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Shop.Simulation.Model.Expressions;

/// <summary>A ConditionExpression of DynamoDB, for items whose attributes are of the types S, N, BOOL and NULL, without document paths.</summary>
/// <remarks>
/// OR binds weaker than AND, AND weaker than NOT. A comparison with an attribute that is not there is false, except <c>&lt;&gt;</c>, which is true.
/// </remarks>
internal sealed class Condition
{
    private static readonly ConcurrentDictionary<string, Condition> Known = new(StringComparer.Ordinal);
    private readonly List<Token> _tokens;
    private readonly Func<Scope, bool> _test;
    private int _next;

    private Condition(string text)
    {
        _tokens = Token.Read(text);
        _test = Or();
        Expect(TokenKind.End, "");
    }

    public static bool IsMet(string text, in Scope scope) => Known.GetOrAdd(text, static t => new Condition(t))._test(scope);

    private Func<Scope, bool> Or()
    {
        var left = And();
        while (Take("OR"))
        {
            var (a, b) = (left, And());
            left = scope => a(scope) || b(scope);
        }

        return left;
    }

    private Func<Scope, bool> And()
    {
        var left = Not();
        while (Take("AND"))
        {
            var (a, b) = (left, Not());
            left = scope => a(scope) && b(scope);
        }

        return left;
    }

    private Func<Scope, bool> Not()
    {
        if (Take("NOT"))
        {
            var inner = Not();
            return scope => !inner(scope);
        }

        if (Take("("))
        {
            var inner = Or();
            Expect(TokenKind.Symbol, ")");
            return inner;
        }

        return _tokens[_next + 1].Is("(") ? Function() : Comparison();
    }

    private Func<Scope, bool> Function()
    {
        var name = Next().Text;
        Expect(TokenKind.Symbol, "(");
        var first = Next();
        Token? second = Take(",") ? Next() : null;
        Expect(TokenKind.Symbol, ")");
        return (name, second) switch
        {
            ("attribute_exists", null) => scope => scope.Operand(first) is not null,
            ("attribute_not_exists", null) => scope => scope.Operand(first) is null,
            ("begins_with", { } start) => scope => Text(scope.Operand(first)) is { } text && Text(scope.Operand(start)) is { } prefix
                && text.StartsWith(prefix, StringComparison.Ordinal),
            ("contains", { } part) => scope => Text(scope.Operand(first)) is { } text && Text(scope.Operand(part)) is { } inner
                && text.Contains(inner, StringComparison.Ordinal),
            _ => throw new ExpressionException($"The model's DynamoDB has no function {name}."),
        };
    }

    private Func<Scope, bool> Comparison()
    {
        var left = Next();
        var sign = Next();
        if (sign.Is("BETWEEN"))
        {
            var low = Next();
            Expect(TokenKind.Word, "AND");
            var high = Next();
            return scope => Compare(scope.Operand(left), scope.Operand(low)) >= 0 && Compare(scope.Operand(left), scope.Operand(high)) <= 0;
        }

        var right = Next();
        return sign.Text switch
        {
            "=" => scope => Compare(scope.Operand(left), scope.Operand(right)) == 0,
            "<>" => scope => Compare(scope.Operand(left), scope.Operand(right)) != 0,
            "<" => scope => Compare(scope.Operand(left), scope.Operand(right)) < 0,
            "<=" => scope => Compare(scope.Operand(left), scope.Operand(right)) <= 0,
            ">" => scope => Compare(scope.Operand(left), scope.Operand(right)) > 0,
            ">=" => scope => Compare(scope.Operand(left), scope.Operand(right)) >= 0,
            _ => throw new ExpressionException($"'{sign.Text}' is not a comparison."),
        };
    }

    /// <summary>Null for what can't be compared: another type, or nothing there.</summary>
    private static int? Compare(JsonElement? left, JsonElement? right)
    {
        if (left is not { } a || right is not { } b || Only(a) is not var (type, x) || Only(b) is not var (other, y) || type != other)
        {
            return null;
        }

        return type switch
        {
            "N" => decimal.Parse(x.GetString()!, CultureInfo.InvariantCulture).CompareTo(decimal.Parse(y.GetString()!, CultureInfo.InvariantCulture)),
            "S" => Math.Sign(string.CompareOrdinal(x.GetString(), y.GetString())),
            _ => x.GetRawText() == y.GetRawText() ? 0 : null,
        };
    }

    private static (string Type, JsonElement Value)? Only(JsonElement attribute)
    {
        foreach (var property in attribute.EnumerateObject())
        {
            return (property.Name, property.Value);
        }

        return null;
    }

    private static string? Text(JsonElement? attribute) => attribute is { } found && found.TryGetProperty("S", out var text) ? text.GetString() : null;

    private Token Next() => _tokens[_next++];

    private bool Take(string word)
    {
        if (!_tokens[_next].Is(word))
        {
            return false;
        }

        _next++;
        return true;
    }

    private void Expect(TokenKind kind, string text)
    {
        var token = Next();
        if (token.Kind != kind || (text.Length > 0 && !token.Is(text)))
        {
            throw new ExpressionException($"Syntax error; token: '{token.Text}'.");
        }
    }
}
