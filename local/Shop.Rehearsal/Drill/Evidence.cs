namespace Shop.Rehearsal.Drill;

/// <summary>Everything the verdict is made of. Each list was obtained in its own way.</summary>
/// <param name="Acknowledged">Keys that shoppers were told are placed.</param>
/// <param name="Attempted">Keys ever sent, acknowledged or not.</param>
/// <param name="AcknowledgedDuringCut">Keys acknowledged between the cut of replication and the loss of the Region.</param>
/// <param name="InNewPrimary">Order ids read from the new primary at the end, with the customer each belongs to.</param>
/// <param name="Reported">Ids that the report calls missing, as often as it names them.</param>
/// <param name="Oracle">Ids from the old primary's binary log behind the last replicated position.</param>
internal sealed record Evidence(
    IReadOnlyCollection<Guid> Acknowledged,
    IReadOnlyCollection<Guid> Attempted,
    IReadOnlyCollection<Guid> AcknowledgedDuringCut,
    IReadOnlyList<StoredOrder> InNewPrimary,
    IReadOnlyList<Guid> Reported,
    IReadOnlyList<Guid> Oracle)
{
    /// <summary>What is wrong with the reports themselves: not exact, or differences where none can be.</summary>
    public IReadOnlyList<string> ReportFlaws { get; init; } = [];
}

internal sealed record StoredOrder(Guid Id, string CustomerId);
