namespace Shop.Reconciliation.Databases;

/// <summary>The columns of some tables as both sides declare them, generated ones included. An absent table has none.</summary>
internal sealed class BothSchemas
{
    private readonly Dictionary<string, SchemaPair> _tables = new(StringComparer.Ordinal);

    public SchemaPair this[string table] => _tables[table];

    public static async Task<BothSchemas> ReadAsync(
        IEnumerable<string> tables, SnapshotSession source, SnapshotSession target, CancellationToken cancellationToken)
    {
        var schemas = new BothSchemas();
        foreach (var table in tables.Distinct(StringComparer.Ordinal))
        {
            schemas._tables[table] = new(
                await SchemaReader.ReadAllAsync(source, table, cancellationToken), await SchemaReader.ReadAllAsync(target, table, cancellationToken));
        }

        return schemas;
    }
}

internal sealed record SchemaPair(IReadOnlyList<SchemaColumn> Source, IReadOnlyList<SchemaColumn> Target)
{
    public bool IsWhole => Source.Count > 0 && Target.Count > 0;

    public bool IsOnBoth(string column) => Has(Source, column) && Has(Target, column);

    public bool IsOnEither(string column) => Has(Source, column) || Has(Target, column);

    public IEnumerable<string> Names => Source.Concat(Target).Select(c => c.Name).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>The column on the sides that have it.</summary>
    public IEnumerable<SchemaColumn> Declarations(string column) =>
        Source.Concat(Target).Where(c => string.Equals(c.Name, column, StringComparison.OrdinalIgnoreCase));

    private static bool Has(IReadOnlyList<SchemaColumn> columns, string name) => columns.Any(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
}
