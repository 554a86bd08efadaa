namespace Shop.Orders.Reigns;

/// <summary>For a deployment without a control table: the database's own epoch is all there is.</summary>
internal sealed class NoReigns : IReigns
{
    public Task<long> NewestAsync(CancellationToken cancellationToken) => Task.FromResult(0L);
}
