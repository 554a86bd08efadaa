namespace Shop.Failover.Epochs;

public sealed record OpenEpochRequest(string Database, string RunId);

/// <summary>The new writer at the moment it was opened: what replication had brought by then.</summary>
/// <param name="Epoch">The reign that began, 0 for a database that keeps none.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="NewestOrderOn">When the newest order was created that this writer holds, if the database has orders.</param>
public sealed record EpochBoundary(string Database, long Epoch, string WriterRegion, DateTimeOffset Since, DateTimeOffset? NewestOrderOn);
