namespace Shop.Orders.Reigns;

/// <summary>Who may write the orders: the reign that a failover opened last.</summary>
internal interface IReigns
{
    /// <summary>The newest epoch that is known outside of the database; 0 when none is.</summary>
    Task<long> NewestAsync(CancellationToken cancellationToken);
}
