namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>One point of every chart.</summary>
/// <param name="T">Milliseconds of the epoch.</param>
/// <param name="Orders">Acknowledged a minute, by Region, in the order of the Regions.</param>
/// <param name="Lag">Of the orders database, seconds; null when there is nobody to lag.</param>
internal sealed record Sample(long T, IReadOnlyList<double> Orders, double Errors, double? P50, double? P99, double? Lag, long? Outbox);

/// <summary>A stretch of time to be marked in the charts.</summary>
/// <param name="To">Null while it lasts.</param>
internal sealed record Band(long From, long? To, string Text, string Kind);
