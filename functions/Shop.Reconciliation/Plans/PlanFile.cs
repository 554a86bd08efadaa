using System.Text.Json;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;

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
            { Name: null or "" } or { Noun: null or "" } or { ItemNoun: null or "" } => "name, noun and itemNoun are needed",
            { ItemNoun: var noun } when noun.AsSpan().ContainsAny("/\\.") => $"itemNoun is '{noun}', which can't be part of a file's name",
            { Root: null or { Table: null or "" } } => "root.table is needed",
            { Root.Key: null or { Count: 0 } } => "root.key is empty",
            _ when HasGaps(plan) => "a list has an entry that is null, or a child or an event table has no table, parentKey or key",
            { RangeRows: < 1 } or { LeafRows: < 1 } => "rangeRows and leafRows must be positive",
            _ when plan.Children.Any(c => c.ParentKey.Count != plan.Root.Key.Count) => "a parentKey does not match root.key",
            _ when plan.Children.Any(c => c.Key.Count == 0) => "a child's key is empty",
            { Hash: not ("sha1" or "crc32" or "md5") } => $"hash is '{plan.Hash}', expected sha1, md5 or crc32",
            { Root.Money: { Amount: null or "" } or { Currency: null or "" } } => "root.money needs amount and currency",
            _ when Masked(plan.Root.Masked, plan.Root.Key) is { } key => $"root.masked names {key}, which is part of the key: a report shows its keys as they are",
            _ when plan.Children.Select(c => Masked(c.Masked, [.. c.Key, .. c.ParentKey])).FirstOrDefault(k => k is not null) is { } key =>
                $"a child's masked names {key}, which is part of its key: a report shows its keys as they are",
            { Replay.RecoveredFrom: { } column } when !(plan.Root.Ignore ?? []).Contains(column, StringComparer.OrdinalIgnoreCase) =>
                $"replay.recoveredFrom is '{column}', which must be in root.ignore: only replayed rows have it",
            _ => null,
        };
        if (wrong is not null)
        {
            throw Invalid(plan.Name ?? "?", wrong);
        }

        if (plan.Root!.TimeZone is { } zone)
        {
            _ = SqlTime.Zone(zone);
        }
    }

    private static string? Masked(IReadOnlyList<string>? masked, IReadOnlyList<string> key) =>
        masked?.FirstOrDefault(m => key.Contains(m, StringComparer.OrdinalIgnoreCase));

    /// <summary>What a file may leave out although the records say that it is there.</summary>
    private static bool HasGaps(ReconciliationPlan plan) =>
        plan.Children.Any(c => c is null || IsGap(c.Table, c.ParentKey, c.Key) || HasNull(c.Ignore) || HasNull(c.Masked))
        || HasNull(plan.Root.Key) || HasNull(plan.Root.Ignore) || HasNull(plan.Root.Masked)
        || (plan.Replay is { } replay && (replay.Events.Any(e => e is null || e.SentAt is null || IsGap(e.Table, e.ParentKey, e.Key))
            || (replay.Announce is { } announce && (announce.Run is null || IsGap(announce.Table, announce.Key, announce.Key)))));

    private static bool IsGap(string? table, IReadOnlyList<string>? parentKey, IReadOnlyList<string>? key) =>
        string.IsNullOrEmpty(table) || parentKey is null || key is null || HasNull(parentKey) || HasNull(key);

    private static bool HasNull(IReadOnlyList<string>? names) => names is not null && names.Any(n => n is null);

    private static ShopException Invalid(string name, string why) =>
        new("Shop.InvalidPlan", $"The reconciliation plan '{name}' can't be used: {why}.");
}
