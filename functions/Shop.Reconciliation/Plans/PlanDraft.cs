using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Plans;

/// <summary>A first configuration of a database: tables with their keys, and which of them belong to which.</summary>
internal sealed class PlanDraft
{
    private static readonly string[] CreatedNames = ["created_at", "created_on", "created", "createdat", "inserted_at", "creation_date"];
    private static readonly string[] UpdatedNames = ["updated_at", "updated_on", "updated", "updatedat", "modified_at", "last_modified", "last_update"];
    private static readonly string[] AmountNames = ["total", "amount", "total_amount", "grand_total", "price"];
    private static readonly string[] CurrencyNames = ["currency", "currency_code"];
    private static readonly string[] QuantityNames = ["quantity", "qty"];

    // Better one column masked too many than a name in a ticket.
    private static readonly string[] PersonalParts =
        ["email", "first_name", "firstname", "last_name", "lastname", "full_name", "phone", "address", "street", "city", "zip", "postal", "birth", "iban", "card", "password", "secret", "token"];

    private readonly SortedDictionary<string, List<SchemaColumn>> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Table, string Constraint), (string Parent, List<string> Columns)> _references = [];

    private PlanDraft()
    {
    }

    /// <summary>Tables that can't be compared by key.</summary>
    public IEnumerable<string> Keyless => _columns.Keys.Where(t => !_keys.ContainsKey(t));

    public static async Task<PlanDraft> ReadAsync(SnapshotSession session, CancellationToken cancellationToken)
    {
        var draft = new PlanDraft();
        var tables = new List<string>();
        await session.ReadAsync(
            new SqlQuery { Text = "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'" },
            r => tables.Add(r.GetString(0)), cancellationToken);
        foreach (var table in tables)
        {
            draft._columns[table] = [.. await SchemaReader.ReadAsync(session, table, cancellationToken)];
        }

        await session.ReadAsync(
            new SqlQuery
            {
                Text = """
                    SELECT table_name, constraint_name, column_name, COALESCE(referenced_table_name, '') FROM information_schema.key_column_usage
                    WHERE table_schema = DATABASE() AND (constraint_name = 'PRIMARY' OR referenced_table_name IS NOT NULL)
                    ORDER BY table_name, constraint_name, ordinal_position
                    """,
            },
            r => draft.Add(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)),
            cancellationToken);
        return draft;
    }

    /// <summary>A plan for each table that belongs to no other.</summary>
    public IReadOnlyList<ReconciliationPlan> Plans(IReadOnlyList<string> wanted)
    {
        var parents = _keys.Keys.ToDictionary(t => t, Parent);
        return [.. InOrder(_keys.Keys.Order(StringComparer.Ordinal))
            .Where(t => parents[t] is null && (wanted.Count == 0 || wanted.Contains(t)))
            .Select(t => Plan(t, [.. _keys.Keys.Where(c => parents[c]?.Parent == t).Order(StringComparer.Ordinal)], parents))];
    }

    private void Add(string table, string constraint, string column, string parent)
    {
        if (parent.Length == 0)
        {
            (_keys.TryGetValue(table, out var key) ? key : _keys[table] = []).Add(column);
            return;
        }

        if (!_references.TryGetValue((table, constraint), out var reference))
        {
            _references[(table, constraint)] = reference = (parent, []);
        }

        reference.Columns.Add(column);
    }

    /// <summary>The table that owns this one: its whole key is the beginning of this one's key.</summary>
    private (string Parent, List<string> Columns)? Parent(string table)
    {
        var key = _keys[table];
        foreach (var ((child, _), (parent, columns)) in _references.OrderBy(r => r.Key.Constraint, StringComparer.Ordinal))
        {
            if (child == table && parent != table && key.Count > columns.Count && key.Take(columns.Count).SequenceEqual(columns)
                && _keys.TryGetValue(parent, out var parentKey) && parentKey.Count == columns.Count)
            {
                return (parent, columns);
            }
        }

        return null;
    }

    private ReconciliationPlan Plan(
        string table, IReadOnlyList<string> children, Dictionary<string, (string Parent, List<string> Columns)?> parents)
    {
        var (amount, currency) = (Find(table, AmountNames), Find(table, CurrencyNames));
        // Whole numbers are cents, as a rule; whatever has digits behind the point is not.
        var isWhole = _columns[table].FirstOrDefault(c => c.Name == amount) is { Kind: ColumnKind.Number, Digits: 0, IsApproximate: false };
        return new(
            ReconciliationPlan.CurrentSchemaVersion,
            table,
            "row",
            "row",
            new(
                table, _keys[table], Find(table, CreatedNames, ColumnKind.Temporal), Find(table, UpdatedNames, ColumnKind.Temporal),
                Money: amount is null || currency is null ? null : new(amount, currency, isWhole ? 2 : 0),
                Masked: Personal(table)),
            [.. children.Select(c => new ChildTable(
                c, parents[c]!.Value.Columns, [.. _keys[c].Skip(parents[c]!.Value.Columns.Count)], Find(c, QuantityNames), Masked: Personal(c)))]);
    }

    /// <summary>The first of the names that the table has; of one kind, if it must be.</summary>
    private string? Find(string table, string[] names, ColumnKind? kind = null) => names
        .Select(n => _columns[table].FirstOrDefault(c => string.Equals(c.Name, n, StringComparison.OrdinalIgnoreCase) && (kind is null || c.Kind == kind))?.Name)
        .FirstOrDefault(n => n is not null);

    /// <summary>Tables after those that their foreign keys point to: a replay goes through them in this order.</summary>
    private List<string> InOrder(IEnumerable<string> tables)
    {
        var ordered = new List<string>();
        foreach (var table in tables)
        {
            Visit(table, []);
        }

        return ordered;

        void Visit(string table, HashSet<string> path)
        {
            // A circle has no first one.
            if (ordered.Contains(table) || !path.Add(table))
            {
                return;
            }

            foreach (var parent in _references.Where(r => r.Key.Table == table).Select(r => r.Value.Parent).Where(_keys.ContainsKey).Order(StringComparer.Ordinal))
            {
                Visit(parent, path);
            }

            ordered.Add(table);
        }
    }

    private List<string>? Personal(string table)
    {
        var masked = _columns[table].Select(c => c.Name).Where(n => PersonalParts.Any(p => n.Contains(p, StringComparison.OrdinalIgnoreCase)) && !_keys[table].Contains(n)).ToList();
        return masked.Count == 0 ? null : masked;
    }
}
