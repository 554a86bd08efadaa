using Shop.Lambda;
using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Plans;

/// <summary>Holds the columns that a plan names against the two schemas.</summary>
internal static class PlanColumns
{
    // So many letters wrong, and it is still the same word.
    private const int Near = 3;

    /// <summary>Refuses a plan with a column that neither side has: a typo in <c>masked</c> would publish what was to be hidden.</summary>
    public static void Check(ReconciliationPlan plan, BothSchemas schemas)
    {
        var root = plan.Root;
        Check(plan, schemas, "root", root.Table, [
            ("createdAt", [root.CreatedAt]), ("updatedAt", [root.UpdatedAt]), ("region", [root.Region]), ("epoch", [root.Epoch]),
            ("money", [root.Money?.Amount, root.Money?.Currency]), ("masked", root.Masked ?? []),
            // The mark of a replay may come with a later version of the schema than the two sides have.
            ("ignore", [.. (root.Ignore ?? []).Where(c => !Same(c, plan.Replay?.RecoveredFrom))]),
        ]);
        foreach (var child in plan.Children)
        {
            Check(plan, schemas, "children", child.Table, [("quantity", [child.Quantity]), ("masked", child.Masked ?? []), ("ignore", child.Ignore ?? [])]);
        }
    }

    /// <summary>The plan without what one side alone can say. <paramref name="notes"/> says what that costs.</summary>
    public static ReconciliationPlan OnBothSides(ReconciliationPlan plan, BothSchemas schemas, List<string> notes)
    {
        var (root, pair) = (plan.Root, schemas[plan.Root.Table]);
        if (!pair.IsWhole)
        {
            return plan;
        }

        return plan with
        {
            Root = root with
            {
                UpdatedAt = Kept(root.UpdatedAt, "there is no first look, and updates since the failover are not told from lost ones"),
                CreatedAt = Kept(root.CreatedAt, "what was created since the failover is not told from what came back"),
                Epoch = Kept(root.Epoch, "it tells nothing"),
                Region = Kept(root.Region, "it is not shown"),
                Money = Kept(root.Money?.Amount, "there are no totals of money") is null || Kept(root.Money?.Currency, "there are no totals of money") is null ? null : root.Money,
                Instants = [.. pair.Names.Where(n => pair.Declarations(n).All(c => c.Type.StartsWith("timestamp", StringComparison.OrdinalIgnoreCase)))],
            },
        };

        string? Kept(string? column, string cost)
        {
            if (column is null || pair.IsOnBoth(column))
            {
                return column;
            }

            notes.Add($"{root.Table}.{column} is not on both sides: {cost}");
            return null;
        }
    }

    private static void Check(
        ReconciliationPlan plan, BothSchemas schemas, string part, string table, IReadOnlyList<(string Role, IReadOnlyList<string?> Columns)> named)
    {
        var pair = schemas[table];
        if (!pair.Names.Any())
        {
            return;
        }

        foreach (var (role, column) in named.SelectMany(n => n.Columns.OfType<string>().Select(c => (n.Role, c))))
        {
            if (!pair.IsOnEither(column))
            {
                var meant = pair.Names.MinBy(n => Distance(n, column)) is { } nearest && Distance(nearest, column) <= Near ? $" Did you mean {nearest}?" : "";
                throw new ShopException(
                    "Shop.InvalidPlan", $"The reconciliation plan '{plan.Name}' can't be used: {part}.{role} names {table}.{column}, which neither side has.{meant}");
            }
        }
    }

    private static bool Same(string a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>Letters to insert, leave out or replace to make one word of the other.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
