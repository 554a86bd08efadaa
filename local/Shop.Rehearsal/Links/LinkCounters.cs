namespace Shop.Rehearsal.Links;

/// <summary>What came through a link, and what its faults did.</summary>
public sealed class LinkCounters
{
    private long _forth;
    private long _back;
    private long _disturbed;

    /// <summary>From those who connected to where the link leads.</summary>
    public long BytesForth => Interlocked.Read(ref _forth);

    public long BytesBack => Interlocked.Read(ref _back);

    /// <summary>How often a fault has turned somebody away, held bytes up, or broken a connection: a fault that nobody met proves nothing.</summary>
    public long Disturbed => Interlocked.Read(ref _disturbed);

    internal void AddForth(int bytes) => Interlocked.Add(ref _forth, bytes);

    internal void AddBack(int bytes) => Interlocked.Add(ref _back, bytes);

    internal void Disturb() => Interlocked.Increment(ref _disturbed);
}
