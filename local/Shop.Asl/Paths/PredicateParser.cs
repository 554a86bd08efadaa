using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Asl.Data;

namespace Shop.Asl.Paths;

/// <summary>Compiles filter conditions: <c>||</c> binds weaker than <c>&amp;&amp;</c>, and that weaker than <c>!</c>.</summary>
internal static class PredicateParser
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">", "in ", "nin "];

    public static Predicate Parse(Cursor cursor)
    {
        var left = ParseAnd(cursor);
        while (TryReadOperator(cursor, "||"))
        {
            left = new OrPredicate(left, ParseAnd(cursor));
        }

        return left;
    }

    private static Predicate ParseAnd(Cursor cursor)
    {
        var left = ParseTerm(cursor);
        while (TryReadOperator(cursor, "&&"))
        {
            left = new AndPredicate(left, ParseTerm(cursor));
        }

        return left;
    }

    private static Predicate ParseTerm(Cursor cursor)
    {
        cursor.SkipSpace();
        if (cursor.TryRead('!'))
        {
            return new NotPredicate(ParseTerm(cursor));
        }

        if (cursor.TryRead('('))
        {
            var inner = Parse(cursor);
            cursor.SkipSpace();
            cursor.Read(')');
            return inner;
        }

        return ParseComparison(cursor);
    }

    private static Predicate ParseComparison(Cursor cursor)
    {
        var left = ParseOperand(cursor);
        cursor.SkipSpace();
        if (cursor.TryRead("=~"))
        {
            return new MatchPredicate(left, ParsePattern(cursor));
        }

        foreach (var candidate in Operators)
        {
            if (cursor.TryRead(candidate))
            {
                return new ComparePredicate(left, candidate.Trim(), ParseOperand(cursor));
            }
        }

        return left.Path is not null ? new ExistsPredicate(left) : throw cursor.Error("expected a comparison");
    }

    private static Operand ParseOperand(Cursor cursor)
    {
        cursor.SkipSpace();
        return cursor.Current switch
        {
            '@' or '$' => ParsePathOperand(cursor),
            '\'' or '"' => new Operand(null, Json.String(cursor.ReadQuoted())),
            '[' => ParseList(cursor),
            '-' or (>= '0' and <= '9') => ParseNumber(cursor),
            _ => ParseWord(cursor),
        };
    }

    private static Operand ParsePathOperand(Cursor cursor)
    {
        var path = PathParser.Parse(cursor);
        return path.Root is PathRoot.Element or PathRoot.Document
            ? new Operand(path, default)
            : throw cursor.Error("a filter can compare with '@' and '$' only, not with variables or the context object");
    }

    private static Operand ParseList(Cursor cursor)
    {
        cursor.Read('[');
        List<JsonElement> items = [];
        do
        {
            cursor.SkipSpace();
            if (cursor.Current == ']')
            {
                break;
            }

            var item = ParseOperand(cursor);
            items.Add(item.Path is null ? item.Constant : throw cursor.Error("expected a constant"));
            cursor.SkipSpace();
        }
        while (cursor.TryRead(','));

        cursor.Read(']');
        return new Operand(null, Json.Array(items));
    }

    private static Operand ParseNumber(Cursor cursor)
    {
        var text = cursor.ReadNumber();
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? new Operand(null, Json.Parse(Encoding.UTF8.GetBytes(text)))
            : throw cursor.Error("expected a number");
    }

    private static Operand ParseWord(Cursor cursor) => new(null, cursor.ReadName() switch
    {
        "true" => Json.True,
        "false" => Json.False,
        "null" => Json.Null,
        var word => throw cursor.Error($"unexpected '{word}'"),
    });

    private static Regex ParsePattern(Cursor cursor)
    {
        cursor.SkipSpace();
        cursor.Read('/');
        var pattern = new StringBuilder();
        while (!cursor.AtEnd && cursor.Current != '/')
        {
            if (cursor.TryRead('\\'))
            {
                pattern.Append('\\');
            }

            pattern.Append(cursor.Current);
            cursor.Position++;
        }

        cursor.Read('/');
        var options = cursor.TryRead('i') ? RegexOptions.IgnoreCase : RegexOptions.None;
        // Whole-string, as Java's matches(); without backtracking a definition can't hang the interpreter.
        return new Regex($"^(?:{pattern})$", options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static bool TryReadOperator(Cursor cursor, string symbol)
    {
        cursor.SkipSpace();
        return cursor.TryRead(symbol);
    }
}
