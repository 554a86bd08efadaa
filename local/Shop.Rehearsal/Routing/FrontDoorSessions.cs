using System.Collections.Concurrent;

namespace Shop.Rehearsal.Routing;

/// <summary>Which Region each shopper goes to. A shopper stays there for as long as DNS names that Region.</summary>
internal sealed class FrontDoorSessions(Route53Resolver resolver)
{
    private const int MostRemembered = 100_000;
    private readonly ConcurrentDictionary<string, string> _regions = new(StringComparer.Ordinal);

    /// <param name="shopper">Session id, or the connection of a shopper who has none yet.</param>
    public string RegionOf(string shopper)
    {
        var answer = resolver.Resolve();
        if (_regions.TryGetValue(shopper, out var region) && answer.Any(a => a.Region == region))
        {
            return region;
        }

        var chosen = Choose(shopper, answer);
        Remember(shopper, chosen);
        return chosen;
    }

    public void Remember(string shopper, string region)
    {
        // Forgetting everyone at once is crude, and harmless: the same shopper draws the same Region again.
        if (_regions.Count >= MostRemembered)
        {
            _regions.Clear();
        }

        _regions[shopper] = region;
    }

    private static string Choose(string shopper, IReadOnlyList<(string Region, int Weight)> answer)
    {
        var draw = (int)(Hash(shopper) % (uint)answer.Sum(a => a.Weight));
        foreach (var (region, weight) in answer)
        {
            if (draw < weight)
            {
                return region;
            }

            draw -= weight;
        }

        throw new InvalidOperationException("The weights of a DNS answer must add up.");
    }

    // string.GetHashCode differs from run to run; two runs of one drill should send a shopper the same way.
    private static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash ^ (hash >> 15);
    }
}
