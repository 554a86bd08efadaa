namespace Shop.Failover.Routing;

/// <summary>Where the routing's states are kept: an ARC cluster, or the control table.</summary>
public interface IRoutingStates
{
    /// <summary>Answers also through which endpoint or Region it was read.</summary>
    Task<(IReadOnlyList<RoutingEntry> States, string Endpoint)> ReadAsync(
        IReadOnlyList<string> arns, string? excludeEndpoint, CancellationToken cancellationToken);

    /// <summary>Sets all of them or none. Answers the endpoint or Region that took it.</summary>
    Task<string> UpdateAsync(
        IReadOnlyList<RoutingEntry> entries, IReadOnlyList<string> safetyRulesToOverride, CancellationToken cancellationToken);
}
