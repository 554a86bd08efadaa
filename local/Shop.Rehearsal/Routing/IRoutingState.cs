namespace Shop.Rehearsal.Routing;

/// <summary>Which Regions get traffic: what Route 53 health checks see of the ARC routing controls.</summary>
public interface IRoutingState
{
    bool IsOn(string region);

    /// <summary>Raised after a routing control changed. Handlers must not block.</summary>
    event Action Changed;
}
