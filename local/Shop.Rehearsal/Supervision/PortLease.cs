namespace Shop.Rehearsal.Supervision;

/// <summary>A port that nobody else is given until it is returned.</summary>
public sealed class PortLease : IDisposable
{
    private readonly PortAllocator _allocator;

    internal PortLease(PortAllocator allocator, int port)
    {
        _allocator = allocator;
        Port = port;
    }

    public int Port { get; }

    public void Dispose() => _allocator.Return(Port);
}
