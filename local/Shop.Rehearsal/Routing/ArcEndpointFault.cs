namespace Shop.Rehearsal.Routing;

/// <summary>What is wrong with one endpoint of the cluster.</summary>
public enum ArcEndpointFault
{
    None,

    /// <summary>In maintenance: answers EndpointTemporarilyUnavailableException.</summary>
    Unavailable,

    /// <summary>Closes connections without an answer.</summary>
    Dropped,

    /// <summary>Accepts requests and never answers, so that callers run into their time-out.</summary>
    Silent,
}
