namespace Shop.Databases.Outbox;

/// <param name="Published">Events the broker has confirmed in this run.</param>
/// <param name="Pending">Events still to be sent, held by another relay or written meanwhile.</param>
public sealed record RelayResult(int Published, long Pending);
