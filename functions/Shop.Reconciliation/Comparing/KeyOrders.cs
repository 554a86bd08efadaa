using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Comparing;

/// <summary>Finds the parts of a key that the two sides, or a root and its children, put in different orders.</summary>
/// <remarks>
/// Ranges are cut by a server's own order. Where that is not one and the same everywhere, equal rows would fall into different ranges, and be told missing in
/// one and resurrected in another. There the bytes of the key's text are the order.
/// </remarks>
internal static class KeyOrders
{
    /// <param name="keys">Each table's key: the declarations of each of its parts on the two sides.</param>
    /// <returns>What orders each part, where there is more than one answer.</returns>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> Differing(IReadOnlyList<IReadOnlyList<IEnumerable<SchemaColumn>>> keys)
    {
        var differing = new Dictionary<int, IReadOnlyList<string>>();
        for (var part = 0; part < keys[0].Count; part++)
        {
            var orders = keys.SelectMany(k => k[part]).Select(Order).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
            // An index has them by their numbers, a comparison by their names.
            if (orders.Count > 1 || orders[0] is "enum" or "set")
            {
                differing[part] = orders;
            }
        }

        return differing;
    }

    private static string Order(SchemaColumn column) => (column.Kind, Word(column.Type)) switch
    {
        (ColumnKind.Text, var type and ("enum" or "set" or "uuid" or "inet4" or "inet6")) => type,
        (ColumnKind.Text, _) => column.Collation ?? "text",
        (ColumnKind.Temporal, "time") => "time",
        (ColumnKind.Temporal, _) => "date and time",
        var (kind, _) => kind.ToString().ToLowerInvariant(),
    };

    private static string Word(string type) => type.Split('(')[0].ToLowerInvariant();
}
