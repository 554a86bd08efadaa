namespace Shop.Rehearsal.Routing;

/// <param name="Port">0 lets the system choose.</param>
/// <param name="ConnectTimeout">How long a shopper's client waits for a Region that doesn't answer.</param>
/// <param name="ActivityTimeout">How long a request may stay without a byte in either direction.</param>
public sealed record FrontDoorOptions(int Port, TimeSpan ConnectTimeout, TimeSpan ActivityTimeout)
{
    public static readonly FrontDoorOptions Default = new(0, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));
}

/// <summary>What a shopper got: for the clock of a drill and for the control room.</summary>
/// <param name="PlacedOrder">It told a shopper that an order is placed.</param>
public sealed record FrontDoorAnswer(string Region, int Status, TimeSpan Elapsed, bool PlacedOrder = false);
