namespace Shop.Rehearsal.Links;

/// <summary>The link between the Regions for one kind of traffic: a fault that every proxy on it shares.</summary>
public sealed class RegionLink(string name)
{
    private readonly Lock _lock = new();
    private readonly HashSet<FaultProxy> _proxies = [];
    private LinkFault _fault = LinkFault.Pass;
    private long _disturbedBefore;

    public string Name { get; } = name;

    public LinkFault Fault
    {
        get => _fault;
        set
        {
            lock (_lock)
            {
                _fault = value;
                foreach (var proxy in _proxies)
                {
                    proxy.Fault = value;
                }
            }
        }
    }

    /// <summary>How often its faults met somebody.</summary>
    public long Disturbed
    {
        get
        {
            lock (_lock)
            {
                return _disturbedBefore + _proxies.Sum(p => p.Counters.Disturbed);
            }
        }
    }

    public void Attach(FaultProxy proxy)
    {
        lock (_lock)
        {
            _proxies.Add(proxy);
            proxy.Fault = _fault;
        }
    }

    public void Detach(FaultProxy proxy)
    {
        lock (_lock)
        {
            if (_proxies.Remove(proxy))
            {
                _disturbedBefore += proxy.Counters.Disturbed;
                proxy.Fault = LinkFault.Pass;
            }
        }
    }
}
