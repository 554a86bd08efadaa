using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Choices;

/// <summary>An operator of the Choice state, such as NumericLessThanEquals.</summary>
internal abstract class Comparer
{
    /// <summary>Whether a constant of the definition has the operator's type.</summary>
    public abstract bool Accepts(JsonElement constant);

    public abstract bool Compare(JsonElement left, JsonElement right);
}

internal sealed class TextComparer(Relation relation) : Comparer
{
    public override bool Accepts(JsonElement constant) => constant.ValueKind == JsonValueKind.String;

    public override bool Compare(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != JsonValueKind.String || right.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        return relation == Relation.Equal
            ? left.ValueEquals(right.GetString())
            : relation.Holds(string.CompareOrdinal(left.GetString(), right.GetString()));
    }
}

internal sealed class NumericComparer(Relation relation) : Comparer
{
    public override bool Accepts(JsonElement constant) => constant.ValueKind == JsonValueKind.Number;

    public override bool Compare(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != JsonValueKind.Number || right.ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        if (left.TryGetInt64(out var a) && right.TryGetInt64(out var b))
        {
            return relation.Holds(a.CompareTo(b));
        }

        return Json.TryGetNumber(left, out var x) && Json.TryGetNumber(right, out var y) && relation.Holds(x.CompareTo(y));
    }
}

internal sealed class BooleanComparer : Comparer
{
    public override bool Accepts(JsonElement constant) => constant.ValueKind is JsonValueKind.True or JsonValueKind.False;

    public override bool Compare(JsonElement left, JsonElement right) => Accepts(left) && left.ValueKind == right.ValueKind;
}

internal sealed class TimestampComparer(Relation relation) : Comparer
{
    public override bool Accepts(JsonElement constant) => TryRead(constant, out _);

    public override bool Compare(JsonElement left, JsonElement right)
        => TryRead(left, out var a) && TryRead(right, out var b) && relation.Holds(a.CompareTo(b));

    public static bool TryRead(JsonElement value, out DateTimeOffset timestamp)
    {
        timestamp = default;
        return value.ValueKind == JsonValueKind.String && Timestamps.TryParse(value.GetString()!, out timestamp);
    }
}

/// <summary>StringMatches: <c>*</c> stands for any text; <c>\*</c> and <c>\\</c> for themselves.</summary>
internal sealed class PatternComparer : Comparer
{
    private readonly string[] _parts;

    public PatternComparer(string pattern)
    {
        var parts = new List<string>();
        var part = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\':
                    part.Append(pattern[++i]);
                    break;
                case '*':
                    parts.Add(part.ToString());
                    part.Clear();
                    break;
                default:
                    part.Append(pattern[i]);
                    break;
            }
        }

        parts.Add(part.ToString());
        _parts = [.. parts];
    }

    public override bool Accepts(JsonElement constant) => constant.ValueKind == JsonValueKind.String;

    public override bool Compare(JsonElement left, JsonElement right)
        => left.ValueKind == JsonValueKind.String && IsMatch(left.GetString()!);

    public bool IsMatch(string text)
    {
        if (_parts is [var exact])
        {
            return text == exact;
        }

        var (first, last) = (_parts[0], _parts[^1]);
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.Ordinal)
            || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
