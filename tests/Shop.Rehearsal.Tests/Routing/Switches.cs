using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.Tests.Routing;

/// <summary>Routing controls that a test sets by hand.</summary>
internal sealed class Switches(params string[] on) : IRoutingState
{
    private readonly HashSet<string> _on = [.. on];

    public event Action Changed = () => { };

    public bool IsOn(string region) => _on.Contains(region);

    public void Set(string region, bool on)
    {
        _ = on ? _on.Add(region) : _on.Remove(region);
        Changed();
    }
}
