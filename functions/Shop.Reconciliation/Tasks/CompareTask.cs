using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Compares one group of ranges, in one of the two phases. A retry writes the same files again.</summary>
internal sealed class CompareTask(DatabaseLogin login, IReportFiles files, RowHash? hash = null)
{
    // Enough to end what has begun, and to answer.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    public async Task<CompareOutput> RunAsync(CompareInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.Database, input.RunId);
        var manifest = await files.GetJsonAsync(keys.Manifest, RJson.Default.RunManifest, cancellationToken);
        var group = manifest.Groups.FirstOrDefault(g => g.Group == input.Group)
            ?? throw new ShopException("Shop.InvalidInput", $"The plan of {input.RunId} has no group {input.Group}.");

        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var target = await login.OpenAsync(input.Target, cancellationToken);
        await using var guard = await login.GuardAsync(input.Target, manifest.Plan.Load, null, cancellationToken, Deadline(context));
        var comparer = new GroupComparer(files, keys, manifest, source, target, guard, hash);
        var counts = input.Phase switch
        {
            CompareInput.Versions => await comparer.CompareVersionsAsync(group, cancellationToken),
            CompareInput.Content => await comparer.CompareContentsAsync(
                group, await files.FindJsonAsync(keys.Versions(input.Group), RJson.Default.VersionResult, cancellationToken), cancellationToken),
            _ => throw new ShopException("Shop.InvalidInput", $"phase is '{input.Phase}', expected {CompareInput.Versions} or {CompareInput.Content}."),
        };
        return new(input.Group, counts.Missing, counts.Changed, counts.Resurrected, counts.Extra.Created + counts.Extra.Updated);
    }

    private static DateTimeOffset Deadline(TaskContext context) => context.Deadline > DateTimeOffset.MinValue + Margin ? context.Deadline - Margin : context.Deadline;
}
