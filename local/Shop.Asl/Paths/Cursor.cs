using System.Globalization;

namespace Shop.Asl.Paths;

/// <summary>A position in the text of a path or an intrinsic function call.</summary>
internal sealed class Cursor(string text)
{
    private const string Delimiters = ".[](),=!<>&|~'\" \t\r\n";

    public string Text { get; } = text;

    public int Position { get; set; }

    public bool AtEnd => Position >= Text.Length;

    public char Current => AtEnd ? '\0' : Text[Position];

    public bool TryRead(char expected)
    {
        if (Current != expected || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool TryRead(string expected)
    {
        if (!Text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    public void Read(char expected)
    {
        if (!TryRead(expected))
        {
            throw Error($"expected '{expected}'");
        }
    }

    public void SkipSpace()
    {
        while (!AtEnd && char.IsWhiteSpace(Text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Reads up to the next character with a meaning of its own.</summary>
    public string ReadName()
    {
        var start = Position;
        while (!AtEnd && !Delimiters.Contains(Text[Position], StringComparison.Ordinal))
        {
            Position++;
        }

        return Position > start ? Text[start..Position] : throw Error("expected a name");
    }

    /// <summary>Reads a number's text, without deciding its type.</summary>
    public string ReadNumber()
    {
        var start = Position;
        while (!AtEnd && (char.IsAsciiDigit(Text[Position]) || Text[Position] is '-' or '+' or '.' or 'e' or 'E'))
        {
            Position++;
        }

        return Text[start..Position];
    }

    public int ReadInteger()
    {
        var start = Position;
        if (Current == '-')
        {
            Position++;
        }

        while (char.IsAsciiDigit(Current))
        {
            Position++;
        }

        return int.TryParse(Text.AsSpan(start, Position - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error("expected an integer");
    }

    /// <summary>Reads a quoted text; a backslash takes the meaning off the character after it.</summary>
    public string ReadQuoted()
    {
        var quote = Current;
        Position++;
        var result = new System.Text.StringBuilder();
        while (!AtEnd && Current != quote)
        {
            if (Current == '\\')
            {
                Position++;
            }

            if (!AtEnd)
            {
                result.Append(Current);
                Position++;
            }
        }

        Read(quote);
        return result.ToString();
    }

    public FormatException Error(string problem) => new($"{problem} at position {Position} of '{Text}'");
}
