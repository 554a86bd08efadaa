namespace Shop.Rehearsal.Links;

/// <summary>Bytes that came through a link.</summary>
public sealed class LinkCounters
{
    private long _forth;
    private long _back;

    /// <summary>From those who connected to where the link leads.</summary>
    public long BytesForth => Interlocked.Read(ref _forth);

    public long BytesBack => Interlocked.Read(ref _back);

    internal void AddForth(int bytes) => Interlocked.Add(ref _forth, bytes);

    internal void AddBack(int bytes) => Interlocked.Add(ref _back, bytes);
}
