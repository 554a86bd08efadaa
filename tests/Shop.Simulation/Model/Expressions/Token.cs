namespace Shop.Simulation.Model.Expressions;

internal enum TokenKind
{
    Word,
    Name,
    Value,
    Symbol,
    End,
}

/// <summary>A word (<c>pk</c>, <c>AND</c>), a <c>#name</c>, a <c>:value</c> or a symbol of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool Is(string word) => Kind is TokenKind.Word or TokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public static List<Token> Read(string text)
    {
        List<Token> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            if (IsWord(text[i]) || text[i] is '#' or ':')
            {
                i++;
                while (i < text.Length && IsWord(text[i]))
                {
                    i++;
                }

                var kind = text[start] switch { '#' => TokenKind.Name, ':' => TokenKind.Value, _ => TokenKind.Word };
                tokens.Add(new(kind, text[start..i]));
                continue;
            }

            i += text.AsSpan(i) is ['<', '>', ..] or ['<', '=', ..] or ['>', '=', ..] ? 2 : 1;
            tokens.Add(new(TokenKind.Symbol, text[start..i]));
        }

        tokens.Add(new(TokenKind.End, ""));
        return tokens;
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
