using System.Text.Json;
using Shop.Lambda;

namespace Shop.Reconciliation.Plans;

/// <summary>Plans are files beside the executable: <c>Plans/&lt;database&gt;.json</c>.</summary>
internal static class PlanFile
{
    public static string DefaultFolder { get; } = Path.Combine(AppContext.BaseDirectory, "Plans");

    public static async Task<ReconciliationPlan> LoadAsync(string folder, string database, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"{database}.json");
        if (database.AsSpan().ContainsAny('/', '\\', '.') || !File.Exists(path))
        {
            throw new ShopException("Shop.UnknownDatabase", $"There is no reconciliation plan for '{database}'.");
        }

        await using var file = File.OpenRead(path);
        var plan = await JsonSerializer.DeserializeAsync(file, RJson.Default.ReconciliationPlan, cancellationToken)
            ?? throw Invalid(database, "it is empty");
        Validate(plan);
        return plan;
    }

    internal static void Validate(ReconciliationPlan plan)
    {
        string? wrong = plan switch
        {
            { SchemaVersion: not ReconciliationPlan.CurrentSchemaVersion } =>
                $"schemaVersion is {plan.SchemaVersion}, expected {ReconciliationPlan.CurrentSchemaVersion}",
            { Name: null or "" } or { Root.Table: null or "" } => "name and root.table are needed",
            { Root.Key: null or { Count: 0 } } => "root.key is empty",
            { RangeRows: < 1 } or { LeafRows: < 1 } => "rangeRows and leafRows must be positive",
            _ when plan.Children.Any(c => c.ParentKey.Count != plan.Root.Key.Count) => "a parentKey does not match root.key",
            _ when plan.Children.Any(c => c.Key.Count == 0) => "a child's key is empty",
            { Hash: not ("crc32" or "md5") } => $"hash is '{plan.Hash}', expected crc32 or md5",
            { Replay.RecoveredFrom: { } column } when !(plan.Root.Ignore ?? []).Contains(column, StringComparer.OrdinalIgnoreCase) =>
                $"replay.recoveredFrom is '{column}', which must be in root.ignore: only replayed rows have it",
            _ => null,
        };
        if (wrong is not null)
        {
            throw Invalid(plan.Name ?? "?", wrong);
        }
    }

    private static ShopException Invalid(string name, string why) =>
        new("Shop.InvalidPlan", $"The reconciliation plan '{name}' can't be used: {why}.");
}
