using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Shop.Reconciliation.Reports;

/// <summary>
/// RFC 4180, safe to open in a spreadsheet: a value that a spreadsheet would take for a formula is led by an apostrophe, and so is what would become one where
/// semicolons or tabs separate cells too, as in many countries' settings.
/// </summary>
internal sealed partial class CsvWriter
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\r\n");
    private readonly StringBuilder _text = new();

    public void Line(IReadOnlyList<string?> values) => _text.AppendJoin(',', values.Select(Field)).Append("\r\n");

    public override string ToString() => _text.ToString();

    internal static string Field(string? value)
    {
        // OWASP ASVS 5.0, 1.2.10. A plain negative number is no formula.
        var safe = value is { Length: > 0 } && IsFormula(value) ? $"'{value}" : value ?? "";
        safe = HiddenFormula().Replace(safe, "$1'$2");
        return safe.AsSpan().ContainsAny(Special) || safe.StartsWith(' ') || safe.EndsWith(' ')
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    [GeneratedRegex("([;\t\r\n][\" ]*)([=+@＝＋－＠-])")]
    private static partial Regex HiddenFormula();

    private static bool IsFormula(string value) => value[0] switch
    {
        '=' or '+' or '@' or '\t' or '\r' or '\n' or '\0' => true,
        '-' => value.Length == 1 || value.AsSpan(1).ContainsAnyExcept(Digits),
        // Full-width forms, which some spreadsheets read as the plain ones.
        '＝' or '＋' or '－' or '＠' => true,
        _ => false,
    };
}
