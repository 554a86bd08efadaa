using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;
using Shop.Reconciliation.Storage;

namespace Shop.Reconciliation.Tasks;

/// <summary>Writes the list of what the Map states compare.</summary>
internal sealed class PlanTask(DatabaseLogin login, IReportFiles files, string planFolder, RowHash? hash = null)
{
    // Inline Map states and payloads are limited; more ranges than this share an item.
    private const int MaxGroups = 40;

    public async Task<PlanOutput> RunAsync(PlanInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var plan = await PlanFile.LoadAsync(planFolder, input.Database, cancellationToken);
        var keys = new RunKeys(input.Database, input.RunId);
        await using var source = await login.OpenAsync(input.Source, cancellationToken);
        await using var target = await login.OpenAsync(input.Target, cancellationToken);
        var manifest = await new RunPlanner(files, keys, hash) { MaxGroups = MaxGroups }.PlanAsync(plan, input, source, target, cancellationToken);
        return new(
            input.RunId, keys.Prefix, [.. manifest.Groups.Select(g => new GroupRef(g.Group, g.Ranges.Count))], manifest.Groups.Sum(g => g.Ranges.Count),
            manifest.Tail);
    }
}
