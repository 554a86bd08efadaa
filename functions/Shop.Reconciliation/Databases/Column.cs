using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Shop.Reconciliation.Databases;

/// <summary>A column that is compared, as both sides have it.</summary>
public sealed record Column(string Name, ColumnKind Kind)
{
    /// <summary>Where the two sides declare different types: the one that holds the values of both.</summary>
    public string? CastTo { get; init; }

    /// <summary>Text that one side does not keep as utf8mb4.</summary>
    public bool IsRecoded { get; init; }

    /// <summary>Never NULL on either side.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Hashed by itself first: a row of such values may be longer than a server's longest string, and that would be NULL.</summary>
    public bool IsLong { get; init; }

    /// <summary>A number that one side writes otherwise than by its digits alone.</summary>
    public bool IsNumeral { get; init; }

    /// <summary>Can be copied; what the two sides have of it is never the same text.</summary>
    public bool IsIncomparable { get; init; }

    /// <summary>A key that the two sides sort in different orders: by its bytes then, without an index.</summary>
    public bool IsOrderedByBytes { get; init; }

    [JsonIgnore]
    internal string Quoted => SqlQuery.Quote(Name);

    private string Value => (CastTo, IsRecoded) switch
    {
        ({ } type, _) => $"CAST({Plain} AS {type})",
        (_, true) => $"CONVERT({Quoted} USING utf8mb4)",
        _ => Plain,
    };

    // With the reference system: the same two numbers are another place in another one.
    private string Geometry => $"CONCAT(ST_SRID({Quoted}), ':', HEX(ST_AsBinary({Quoted})))";

    private string Plain => IsNumeral ? $"({Quoted} + 0)" : Quoted;

    /// <summary>The value as text (binary as hex), the same on both sides whatever the driver makes of the type.</summary>
    internal string AsText() => Kind switch
    {
        ColumnKind.Binary => $"HEX({Quoted})",
        ColumnKind.Spatial => Geometry,
        ColumnKind.Bit => $"CAST({Quoted} + 0 AS CHAR)",
        ColumnKind.Text => Value,
        _ => $"CAST({Value} AS CHAR)",
    };

    /// <summary>What enters a row's hash. Text is preceded by its length, so that no two rows write the same bytes.</summary>
    internal string AsHashed()
    {
        var value = Kind switch
        {
            ColumnKind.Spatial => Geometry,
            ColumnKind.Json => $"CAST({Quoted} AS CHAR)",
            ColumnKind.Bit => $"{Quoted} + 0",
            _ => Value,
        };
        return Kind switch
        {
            _ when IsLong => $"LENGTH({value}), SHA1({value})",
            ColumnKind.Text or ColumnKind.Binary => $"LENGTH({value}), {value}",
            _ => value,
        };
    }

    /// <summary>What ranges and orders are made of.</summary>
    internal string AsOrdered() => IsOrderedByBytes ? AsBytes() : Quoted;

    /// <summary>Tells values apart that the column's collation takes for equal.</summary>
    internal string AsExact() => IsExactByBytes ? AsBytes() : Quoted;

    /// <summary>A value of this column, read by <see cref="AsText"/>, as a parameter that an index on the column can serve.</summary>
    internal object AsParameter(string text) => Kind switch
    {
        ColumnKind.Number when long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => whole,
        ColumnKind.Number => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        ColumnKind.Binary => Convert.FromHexString(text),
        ColumnKind.Bit => ulong.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    internal object AsOrderedParameter(string text) => IsOrderedByBytes ? Encoding.UTF8.GetBytes(text) : AsParameter(text);

    internal object AsExactParameter(string text) => IsExactByBytes ? Encoding.UTF8.GetBytes(text) : AsParameter(text);

    internal bool IsExactByBytes => IsOrderedByBytes || Kind == ColumnKind.Text;

    private string AsBytes() => $"CAST(CONVERT({AsText()} USING utf8mb4) AS BINARY)";
}
