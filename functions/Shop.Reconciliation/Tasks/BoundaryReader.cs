using System.Globalization;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tasks;

/// <summary>Finds the moments that classify, from the run's input and from the data itself.</summary>
internal static class BoundaryReader
{
    public static async Task<Boundary> ReadAsync(
        ReconciliationPlan plan, PlanInput input, RangeReader source, RangeReader target, CancellationToken cancellationToken)
    {
        var startedAt = input.FailoverStartedAt ?? input.PromotedAt
            ?? throw new ShopException("Shop.InvalidInput", "failoverStartedAt or promotedAt is needed to tell lost writes from new ones.");
        var promotedAt = input.PromotedAt is { } at && at > startedAt ? at : startedAt;
        var lastWrite = await TimeAsync(source, plan.Root.UpdatedAt ?? plan.Root.CreatedAt, null, cancellationToken);
        var replicated = await TimeAsync(target, plan.Root.UpdatedAt, SqlTime.Format(startedAt), cancellationToken);
        var epoch = plan.Root.Epoch is { } column ? await source.NewestAsync(column, plan.Root.UpdatedAt, cancellationToken) : null;
        return new(
            startedAt,
            promotedAt,
            lastWrite,
            replicated - TimeSpan.FromSeconds(plan.LongestTransactionSeconds),
            long.TryParse(epoch, CultureInfo.InvariantCulture, out var number) ? number : null);
    }

    private static async Task<DateTimeOffset?> TimeAsync(RangeReader side, string? column, string? before, CancellationToken cancellationToken) =>
        column is null ? null : SqlTime.Parse(await side.GreatestAsync(column, before, cancellationToken));
}
