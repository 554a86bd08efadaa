namespace Shop.Asl.Paths;

/// <summary>Compiles paths, alone or inside a larger text, where they end at the first character that can't go on.</summary>
internal static class PathParser
{
    public static JsonPath ParseWhole(string text)
    {
        var cursor = new Cursor(text);
        var path = Parse(cursor);
        return cursor.AtEnd ? path : throw cursor.Error("unexpected text");
    }

    public static JsonPath Parse(Cursor cursor)
    {
        var start = cursor.Position;
        var (root, variable) = ParseRoot(cursor);
        List<PathSegment> segments = [];
        while (true)
        {
            if (cursor.TryRead(".."))
            {
                segments.Add(new DescendantSegment(cursor.Current == '[' ? ParseBrackets(cursor) : ParseChild(cursor)));
            }
            else if (cursor.TryRead('.'))
            {
                segments.Add(ParseChild(cursor));
            }
            else if (cursor.Current == '[')
            {
                segments.Add(ParseBrackets(cursor));
            }
            else
            {
                return new JsonPath(cursor.Text[start..cursor.Position], root, variable, segments);
            }
        }
    }

    private static (PathRoot Root, string? Variable) ParseRoot(Cursor cursor)
    {
        if (cursor.TryRead('@'))
        {
            return (PathRoot.Element, null);
        }

        cursor.Read('$');
        if (cursor.TryRead('$'))
        {
            return (PathRoot.Context, null);
        }

        return char.IsLetter(cursor.Current) || cursor.Current == '_' ? (PathRoot.Variable, cursor.ReadName()) : (PathRoot.Document, null);
    }

    private static PathSegment ParseChild(Cursor cursor)
    {
        if (cursor.TryRead('*'))
        {
            return new WildcardSegment();
        }

        var name = cursor.ReadName();
        return cursor.Current == '(' ? throw cursor.Error($"the path function '{name}' is not supported") : new ChildSegment(name);
    }

    private static PathSegment ParseBrackets(Cursor cursor)
    {
        cursor.Read('[');
        cursor.SkipSpace();
        PathSegment segment;
        if (cursor.TryRead('*'))
        {
            segment = new WildcardSegment();
        }
        else if (cursor.TryRead('?'))
        {
            cursor.SkipSpace();
            cursor.Read('(');
            segment = new FilterSegment(PredicateParser.Parse(cursor));
            cursor.SkipSpace();
            cursor.Read(')');
        }
        else
        {
            segment = ParseUnion(cursor);
        }

        cursor.SkipSpace();
        cursor.Read(']');
        return segment;
    }

    private static PathSegment ParseUnion(Cursor cursor)
    {
        List<PathSegment> parts = [];
        do
        {
            cursor.SkipSpace();
            parts.Add(cursor.Current is '\'' or '"' ? new ChildSegment(cursor.ReadQuoted()) : ParseIndexOrSlice(cursor));
            cursor.SkipSpace();
        }
        while (cursor.TryRead(','));

        return parts is [var only] ? only : new UnionSegment(parts);
    }

    private static PathSegment ParseIndexOrSlice(Cursor cursor)
    {
        int? from = cursor.Current == ':' ? null : cursor.ReadInteger();
        cursor.SkipSpace();
        if (!cursor.TryRead(':'))
        {
            return new IndexSegment(from!.Value);
        }

        cursor.SkipSpace();
        return new SliceSegment(from, cursor.Current is ']' or ',' ? null : cursor.ReadInteger());
    }
}
