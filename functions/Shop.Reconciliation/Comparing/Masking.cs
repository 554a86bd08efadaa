namespace Shop.Reconciliation.Comparing;

/// <summary>Hides personal data. The first character stays, so that a person can recognise a value and nobody can restore it.</summary>
internal static class Masking
{
    private const string Hidden = "***";

    public static string? Mask(string? value) => value switch
    {
        null => null,
        "" => "",
        _ when value.IndexOf('@', StringComparison.Ordinal) is > 0 and var at => $"{First(value)}{Hidden}@{First(value[(at + 1)..])}{Hidden}",
        _ => $"{First(value)}{Hidden}",
    };

    public static Row Mask(Row row, IReadOnlyList<string>? masked) => masked is null or { Count: 0 }
        ? row
        : new([.. row.Fields.Select(f => IsMasked(masked, f.Column) ? f with { Value = Mask(f.Value) } : f)]);

    public static bool IsMasked(IReadOnlyList<string>? masked, string column) =>
        masked?.Any(m => string.Equals(m, column, StringComparison.OrdinalIgnoreCase)) ?? false;

    // A whole text element: half of a surrogate pair is not text.
    private static string First(string value) => value.Length == 0 ? "" : System.Globalization.StringInfo.GetNextTextElement(value);
}
