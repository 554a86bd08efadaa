using System.Globalization;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Makes of a column's two declarations the one way in which its values are compared.</summary>
internal static class ColumnMatch
{
    private const string Utf8 = "utf8mb4";

    /// <summary>The column, and what to say when the declarations are not the same.</summary>
    public static (Column Column, string? Note) Of(string table, SchemaColumn source, SchemaColumn target)
    {
        var isText = source.Kind == ColumnKind.Text && target.Kind == ColumnKind.Text;
        var cast = CommonType(source, target);
        var column = new Column(source.Name, cast.Kind)
        {
            CastTo = cast.Type,
            IsRecoded = isText && !(source.Charset == Utf8 && target.Charset == Utf8),
            IsRequired = !source.IsNullable && !target.IsNullable,
            IsLong = source.IsLong || target.IsLong,
            IsNumeral = IsNumeral(source, target),
            IsIncomparable = (source.Kind == ColumnKind.Json) != (target.Kind == ColumnKind.Json),
        };
        var isSame = string.Equals(source.Type, target.Type, StringComparison.OrdinalIgnoreCase) && source.Charset == target.Charset;
        return (column, isSame ? null : $"{table}.{source.Name} is {Type(source)} on the old primary and {Type(target)} on the new one: {How(cast.Type)}");
    }

    /// <summary>What only arithmetic reads the same on both sides: zeros in front, and bits that the other side has as a number.</summary>
    private static bool IsNumeral(SchemaColumn source, SchemaColumn target) => (source.Kind, target.Kind) switch
    {
        (ColumnKind.Number, ColumnKind.Number) => source.IsZerofill || target.IsZerofill,
        (ColumnKind.Bit, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Bit) => true,
        _ => false,
    };

    private static (ColumnKind Kind, string? Type) CommonType(SchemaColumn source, SchemaColumn target) => (source.Kind, target.Kind) switch
    {
        (ColumnKind.Number, ColumnKind.Number) when source.IsApproximate || target.IsApproximate => (ColumnKind.Number, null),
        (ColumnKind.Number, ColumnKind.Number) when source.Digits != target.Digits =>
            (ColumnKind.Number, $"DECIMAL(65,{Text(Math.Max(source.Digits, target.Digits))})"),
        (ColumnKind.Temporal, ColumnKind.Temporal) when source.Digits != target.Digits || Word(source) != Word(target) =>
            (ColumnKind.Temporal, Word(source) == "time" && Word(target) == "time"
                ? $"TIME({Text(Math.Max(source.Digits, target.Digits))})"
                : $"DATETIME({Text(Math.Max(source.Digits, target.Digits))})"),
        (ColumnKind.Bit, ColumnKind.Number) or (ColumnKind.Number, ColumnKind.Bit) => (ColumnKind.Number, null),
        var (a, b) when a == b => (a, null),
        (ColumnKind.Binary, _) or (_, ColumnKind.Binary) => (ColumnKind.Binary, null),
        _ => (ColumnKind.Text, "CHAR"),
    };

    private static string How(string? type) => type is null ? "compared as they are" : $"compared as {type}";

    private static string Type(SchemaColumn column) => column.Charset is null ? column.Type : $"{column.Type} {column.Charset}";

    private static string Word(SchemaColumn column) => column.Type.Split('(')[0].ToLowerInvariant();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
