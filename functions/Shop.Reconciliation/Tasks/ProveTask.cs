using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Databases;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tasks;

/// <summary>
/// Shows that a planned move lost nothing: count and sum of row hashes of every table on both sides, of all aggregates that were last touched up to the
/// promotion, each side in one consistent snapshot.
/// </summary>
/// <remarks>
/// The former writer follows the new one by now and is a moment behind, so a difference is looked at again. What was lost would stay different: it is on the
/// former writer alone.
/// </remarks>
internal sealed class ProveTask(DatabaseLogin login, Func<string, DatabasePair> pairOf, string planFolder, RowHash? hash, TimeProvider time)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task<ProveOutput> RunAsync(ProveInput input, TaskContext context, CancellationToken cancellationToken)
    {
        var plan = await PlanFile.LoadAsync(planFolder, input.Database, cancellationToken);
        var pair = pairOf(input.Database);
        for (var attempt = 1; ; attempt++)
        {
            var (sums, drift) = await CompareAsync(plan, pair, input.Until, cancellationToken);
            var isEqual = drift.Count == 0 && sums.All(s => s.Former == s.Current);
            if (isEqual || attempt == Attempts)
            {
                return new ProveOutput(input.Database, isEqual ? "equal" : "different", input.Until, sums, drift);
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<(IReadOnlyList<ProvedTable> Tables, IReadOnlyList<string> Drift)> CompareAsync(
        ReconciliationPlan plan, DatabasePair pair, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var former = await login.OpenAsync(pair.Former, cancellationToken);
        await using var current = await login.OpenAsync(pair.Current, cancellationToken);
        var schemas = await BothSchemas.ReadAsync(ComparedTables.TablesOf(plan), former, current, cancellationToken);
        plan = PlanColumns.OnBothSides(plan, schemas, []);
        var tables = ComparedTables.Of(plan, schemas);
        var sql = new AggregateSql(tables, hash ?? RowHash.Named(plan.Hash));
        var filter = new TouchedUntil(plan.Root, until);
        var (ours, theirs) = (await new RangeReader(former, sql).SumAsync(filter, cancellationToken), await new RangeReader(current, sql).SumAsync(filter, cancellationToken));
        return ([.. sql.Tables.Select((t, i) => new ProvedTable(t.Name, ours.Tables[i], theirs.Tables[i]))], tables.Drift);
    }
}
