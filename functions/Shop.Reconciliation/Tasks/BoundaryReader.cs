using System.Globalization;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tasks;

/// <summary>Finds the moments that classify, from the run's input and from the data itself.</summary>
/// <param name="plan">What is compared.</param>
/// <param name="mark">The column that a replay marks its rows by, if the new primary has it.</param>
internal sealed class BoundaryReader(ReconciliationPlan plan, string? mark)
{
    public async Task<Boundary> ReadAsync(PlanInput input, RangeReader source, RangeReader target, CancellationToken cancellationToken)
    {
        var startedAt = input.FailoverStartedAt ?? input.PromotedAt
            ?? throw new ShopException("Shop.InvalidInput", "failoverStartedAt or promotedAt is needed to tell lost writes from new ones.");
        var promotedAt = input.PromotedAt is { } at && at > startedAt ? at : startedAt;
        var lastWrite = await TimeAsync(source, plan.Root.UpdatedAt ?? plan.Root.CreatedAt, null, cancellationToken);
        var epoch = plan.Root.Epoch is { } column ? await source.NewestAsync(column, plan.Root.UpdatedAt, cancellationToken) : null;
        return new(
            startedAt,
            promotedAt,
            lastWrite,
            input.IsAssumed ? null : input.ReplicatedThrough ?? await ReplicatedAsync(target, startedAt, cancellationToken),
            long.TryParse(epoch, CultureInfo.InvariantCulture, out var number) ? number : null,
            input.IsAssumed);
    }

    private async Task<DateTimeOffset?> ReplicatedAsync(RangeReader target, DateTimeOffset startedAt, CancellationToken cancellationToken) =>
        await TimeAsync(target, plan.Root.UpdatedAt, startedAt, cancellationToken) - TimeSpan.FromSeconds(plan.LongestTransactionSeconds);

    /// <summary>The newest time; before a moment, of rows that no replay has put back: those came with the times of what had been lost.</summary>
    private async Task<DateTimeOffset?> TimeAsync(RangeReader side, string? column, DateTimeOffset? before, CancellationToken cancellationToken) => column is null
        ? null
        : plan.Root.Time(column, before is { } moment
            ? await side.NewestBeforeAsync(column, plan.Root.Format(column, moment), mark, cancellationToken)
            : await side.GreatestAsync(column, cancellationToken));
}
