namespace Shop.Reconciliation.Databases;

/// <summary>A column as one side declares it.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Type">As the server writes it: <c>decimal(10,2)</c>.</param>
/// <param name="Charset">Of text, else null.</param>
/// <param name="Collation">Of text, else null.</param>
/// <param name="Digits">Behind the point: of a number, or of the seconds of a time.</param>
/// <param name="IsNullable">May be NULL.</param>
/// <param name="IsLong">May be larger than what a server puts into one string.</param>
/// <param name="IsGenerated">Follows from other columns.</param>
internal sealed record SchemaColumn(
    string Name, ColumnKind Kind, string Type, string? Charset = null, string? Collation = null, int Digits = 0, bool IsNullable = true, bool IsLong = false, bool IsGenerated = false)
{
    /// <summary>Written with zeros up to a width that may not be the same on both sides.</summary>
    public bool IsZerofill => Type.Contains("zerofill", StringComparison.OrdinalIgnoreCase);

    public bool IsApproximate => Type.StartsWith("float", StringComparison.OrdinalIgnoreCase) || Type.StartsWith("double", StringComparison.OrdinalIgnoreCase);
}
