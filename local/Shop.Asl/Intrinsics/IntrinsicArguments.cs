using System.Globalization;
using System.Text.Json;
using Shop.Asl.Execution;

namespace Shop.Asl.Intrinsics;

/// <summary>The evaluated arguments of a call.</summary>
internal sealed record IntrinsicArguments(JsonElement[] Values, Randomness Random)
{
    /// <summary>What the functions on text of limited length take at most.</summary>
    private const int MaxCharacters = 10_000;

    public int Count => Values.Length;

    public JsonElement this[int index] => Values[index];

    public JsonElement Array(int index)
        => Values[index].ValueKind == JsonValueKind.Array ? Values[index] : throw Unexpected(index, "an array");

    public JsonElement Object(int index)
        => Values[index].ValueKind == JsonValueKind.Object ? Values[index] : throw Unexpected(index, "an object");

    public string Text(int index)
        => Values[index].ValueKind == JsonValueKind.String ? Values[index].GetString()! : throw Unexpected(index, "a string");

    public string LimitedText(int index)
    {
        var text = Text(index);
        return text.Length <= MaxCharacters
            ? text
            : throw new IntrinsicException($"Argument {index + 1} is longer than {MaxCharacters} characters");
    }

    public bool Boolean(int index) => Values[index].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Unexpected(index, "a boolean"),
    };

    /// <summary>An integer; other numbers are rounded to the nearest, as documented.</summary>
    public int Integer(int index)
    {
        if (Values[index].ValueKind != JsonValueKind.Number || !Values[index].TryGetDouble(out var number))
        {
            throw Unexpected(index, "an integer");
        }

        var rounded = Math.Floor(number + 0.5);
        return rounded is >= int.MinValue and <= int.MaxValue
            ? (int)rounded
            : throw new IntrinsicException(string.Create(CultureInfo.InvariantCulture, $"Argument {index + 1} is not in the range of a 32-bit integer: {number}"));
    }

    private IntrinsicException Unexpected(int index, string expected)
        => new($"Argument {index + 1} must be {expected}, but is {Values[index].GetRawText()}");
}
