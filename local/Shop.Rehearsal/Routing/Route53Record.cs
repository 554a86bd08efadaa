namespace Shop.Rehearsal.Routing;

/// <summary>
/// The weighted records of <c>store</c>, one per Region, each with the health check of its routing control: what the authoritative
/// servers answer at this moment.
/// </summary>
/// <param name="weights">In order of the Regions. A Region of weight 0 answers only when no other does, as in Route 53.</param>
public sealed class Route53Record(IRoutingState routing, IReadOnlyList<(string Region, int Weight)> weights, TimeSpan timeToLive)
{
    public TimeSpan TimeToLive { get; } = timeToLive;

    /// <summary>Both Regions alike.</summary>
    public static Route53Record ActiveActive(IRoutingState routing, IEnumerable<string> regions, TimeSpan timeToLive) =>
        new(routing, [.. regions.Select(region => (region, 1))], timeToLive);

    /// <summary>Everyone goes to the first Region as long as it is on.</summary>
    public static Route53Record ActiveStandby(IRoutingState routing, IEnumerable<string> regions, TimeSpan timeToLive) =>
        new(routing, [.. regions.Select((region, i) => (region, i == 0 ? 1 : 0))], timeToLive);

    /// <summary>The Regions that get traffic, with their weights; never empty.</summary>
    public IReadOnlyList<(string Region, int Weight)> Answer()
    {
        List<(string Region, int Weight)> healthy = [.. weights.Where(w => routing.IsOn(w.Region))];

        // With no healthy record left Route 53 answers as if all were: a guess is better than nothing.
        var candidates = healthy.Count > 0 ? healthy : [.. weights];
        List<(string Region, int Weight)> weighted = [.. candidates.Where(w => w.Weight > 0)];
        return weighted.Count > 0 ? weighted : [.. candidates.Select(w => (w.Region, 1))];
    }
}
