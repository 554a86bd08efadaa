namespace Shop.Rehearsal.Links;

public enum LinkFaultKind
{
    /// <summary>No fault.</summary>
    Pass,

    /// <summary>New connections are reset; existing ones go on.</summary>
    Refuse,

    /// <summary>Existing connections are reset and new ones too: both ends know at once.</summary>
    Cut,

    /// <summary>Nothing comes through and nobody is told; when it heals, what was on its way arrives.</summary>
    Blackhole,

    /// <summary>Everything arrives later by a fixed time.</summary>
    Delay,

    /// <summary>A limited number of bytes a second in each direction of a connection.</summary>
    Throttle,
}

/// <summary>What is wrong with a link.</summary>
public sealed record LinkFault
{
    private LinkFault(LinkFaultKind kind) => Kind = kind;

    public static LinkFault Pass { get; } = new(LinkFaultKind.Pass);

    public static LinkFault Refuse { get; } = new(LinkFaultKind.Refuse);

    public static LinkFault Cut { get; } = new(LinkFaultKind.Cut);

    public static LinkFault Blackhole { get; } = new(LinkFaultKind.Blackhole);

    public LinkFaultKind Kind { get; private init; }

    public TimeSpan Delay { get; private init; }

    public long BytesPerSecond { get; private init; }

    internal bool AdmitsConnections => Kind is not (LinkFaultKind.Refuse or LinkFaultKind.Cut);

    public static LinkFault DelayedBy(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return new LinkFault(LinkFaultKind.Delay) { Delay = delay };
    }

    public static LinkFault ThrottledTo(long bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesPerSecond);
        return new LinkFault(LinkFaultKind.Throttle) { BytesPerSecond = bytesPerSecond };
    }
}
