using System.Text.Json;

namespace Shop.Failover.Epochs;

/// <param name="Database"><c>catalog</c> or <c>orders</c>.</param>
/// <param name="RunId">The run that asks.</param>
/// <param name="Known">DynamoDB's answer for the database's epoch item: the newest reign there ever was, also when this writer never heard of it.</param>
public sealed record OpenEpochRequest(string Database, string RunId, JsonElement Known = default)
{
    internal long KnownEpoch =>
        Known.ValueKind == JsonValueKind.Object && Known.TryGetProperty("Item", out var item) && item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("epoch", out var epoch) && epoch.TryGetProperty("N", out var number) && long.TryParse(number.GetString(), out var known)
            ? known
            : 0;
}

/// <summary>The new writer at the moment it was opened: what replication had brought by then.</summary>
/// <param name="Epoch">The reign that began, 0 for a database that keeps none.</param>
/// <param name="Since">When it began, UTC.</param>
/// <param name="NewestOrderOn">When the newest order was created that this writer holds, if the database has orders.</param>
public sealed record EpochBoundary(string Database, long Epoch, string WriterRegion, DateTimeOffset Since, DateTimeOffset? NewestOrderOn);
