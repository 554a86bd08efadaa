using System.Text;
using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;
using Shop.Asl.Paths;

namespace Shop.Asl.Intrinsics;

/// <summary>Compiles what stands in a field whose name ends in <c>.$</c>: a path or a call of an intrinsic function.</summary>
internal static class IntrinsicParser
{
    public static Expression ParseWhole(string text)
    {
        if (text.StartsWith('$'))
        {
            return new PathExpression(PathParser.ParseWhole(text));
        }

        var cursor = new Cursor(text);
        cursor.SkipSpace();
        var call = ParseCall(cursor, 1);
        cursor.SkipSpace();
        return cursor.AtEnd ? call : throw cursor.Error("unexpected text");
    }

    private static IntrinsicExpression ParseCall(Cursor cursor, int depth)
    {
        var start = cursor.Position;
        if (depth > Limits.IntrinsicDepth)
        {
            throw cursor.Error($"more than {Limits.IntrinsicDepth} nested functions");
        }

        var space = cursor.ReadName();
        var name = cursor.TryRead('.') ? $"{space}.{cursor.ReadName()}" : space;
        if (!IntrinsicFunctions.ByName.TryGetValue(name, out var function))
        {
            throw cursor.Error($"'{name}' is neither a path nor an intrinsic function");
        }

        cursor.SkipSpace();
        cursor.Read('(');
        var arguments = ParseArguments(cursor, name, depth);
        return arguments.Count >= function.MinArguments && arguments.Count <= function.MaxArguments
            ? new IntrinsicExpression(cursor.Text[start..cursor.Position], function, arguments)
            : throw cursor.Error($"wrong number of arguments for {name}");
    }

    private static List<Expression> ParseArguments(Cursor cursor, string name, int depth)
    {
        List<Expression> arguments = [];
        cursor.SkipSpace();
        if (cursor.TryRead(')'))
        {
            return arguments;
        }

        do
        {
            cursor.SkipSpace();
            // States.Format has to see which braces were escaped, so it takes the escapes off by itself.
            arguments.Add(ParseArgument(cursor, name == "States.Format" && arguments.Count == 0, depth));
            cursor.SkipSpace();
        }
        while (cursor.TryRead(','));

        cursor.Read(')');
        return arguments;
    }

    private static Expression ParseArgument(Cursor cursor, bool keepEscapes, int depth)
    {
        var start = cursor.Position;
        switch (cursor.Current)
        {
            case '$':
                return new PathExpression(PathParser.Parse(cursor));
            case '\'':
                return new ConstantExpression(cursor.Text, Json.String(ReadString(cursor, keepEscapes)));
            case '-' or (>= '0' and <= '9'):
                return ParseNumber(cursor);
            default:
                var word = cursor.ReadName();
                switch (word)
                {
                    case "true":
                        return new ConstantExpression(word, Json.True);
                    case "false":
                        return new ConstantExpression(word, Json.False);
                    case "null":
                        return new ConstantExpression(word, Json.Null);
                }

                cursor.Position = start;
                return ParseCall(cursor, depth + 1);
        }
    }

    private static ConstantExpression ParseNumber(Cursor cursor)
    {
        var text = cursor.ReadNumber();
        try
        {
            return new ConstantExpression(text, Json.Parse(text));
        }
        catch (JsonException)
        {
            throw cursor.Error($"'{text}' is not a number");
        }
    }

    private static string ReadString(Cursor cursor, bool keepEscapes)
    {
        cursor.Read('\'');
        var result = new StringBuilder();
        while (cursor.Current != '\'')
        {
            if (cursor.AtEnd)
            {
                throw cursor.Error("a string is not closed");
            }

            if (cursor.TryRead('\\'))
            {
                if (cursor.AtEnd || !@"\'{}".Contains(cursor.Current, StringComparison.Ordinal))
                {
                    throw cursor.Error(@"a backslash can only escape \ ' { and }");
                }

                if (keepEscapes)
                {
                    result.Append('\\');
                }
            }

            result.Append(cursor.Current);
            cursor.Position++;
        }

        cursor.Read('\'');
        return result.ToString();
    }
}
