using System.Globalization;

namespace Shop.Reconciliation.Databases;

/// <summary>A column that is compared, as both sides have it.</summary>
public sealed record Column(string Name, ColumnKind Kind)
{
    private string Quoted => SqlQuery.Quote(Name);

    /// <summary>The value as text (binary as hex), the same on both sides whatever the driver makes of the type.</summary>
    internal string AsText() => Kind switch
    {
        ColumnKind.Binary => $"HEX({Quoted})",
        ColumnKind.Bit => $"CAST({Quoted} + 0 AS CHAR)",
        ColumnKind.Text => Quoted,
        _ => $"CAST({Quoted} AS CHAR)",
    };

    /// <summary>What enters a row's hash. Text is preceded by its length, so that no two rows write the same bytes.</summary>
    internal string AsHashed() => Kind switch
    {
        ColumnKind.Text => $"LENGTH({Quoted}), CAST({Quoted} AS BINARY)",
        ColumnKind.Json => $"LENGTH(CAST({Quoted} AS CHAR)), CAST(CAST({Quoted} AS CHAR) AS BINARY)",
        ColumnKind.Binary => $"LENGTH({Quoted}), {Quoted}",
        ColumnKind.Bit => $"{Quoted} + 0",
        _ => Quoted,
    };

    /// <summary>A value of this column, read by <see cref="AsText"/>, as a parameter that an index on the column can serve.</summary>
    internal object AsParameter(string text) => Kind switch
    {
        ColumnKind.Number => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        ColumnKind.Binary => Convert.FromHexString(text),
        ColumnKind.Bit => ulong.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };
}
