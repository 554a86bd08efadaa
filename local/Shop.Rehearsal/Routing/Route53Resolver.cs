namespace Shop.Rehearsal.Routing;

/// <summary>
/// The resolver that shoppers share: it asks again only when the TTL of its last answer is over. That delay is part of every honest RTO.
/// </summary>
public sealed class Route53Resolver(Route53Record record, TimeProvider time)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<(string Region, int Weight)> _answer = [];
    private DateTimeOffset _expires = DateTimeOffset.MinValue;

    /// <summary>When the cached answer is over; in the past when nothing has been asked since.</summary>
    public DateTimeOffset Expires
    {
        get
        {
            lock (_lock)
            {
                return _expires;
            }
        }
    }

    public IReadOnlyList<(string Region, int Weight)> Resolve()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _expires)
            {
                _answer = record.Answer();
                _expires = now + record.TimeToLive;
            }

            return _answer;
        }
    }
}
