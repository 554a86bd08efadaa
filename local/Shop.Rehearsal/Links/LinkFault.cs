namespace Shop.Rehearsal.Links;

public enum LinkFaultKind
{
    /// <summary>No fault.</summary>
    Pass,

    /// <summary>New connections are reset; existing ones go on.</summary>
    Refuse,

    /// <summary>Existing connections are reset and new ones too: both ends know at once.</summary>
    Cut,

    /// <summary>A connection comes about and is reset at its first bytes, again and again.</summary>
    Reset,

    /// <summary>Nothing comes through and nobody is told; when it heals, what was on its way arrives.</summary>
    Blackhole,

    /// <summary>One direction is silent, the other one works.</summary>
    HalfOpen,

    /// <summary>Everything arrives later by a fixed time, and by a random one on top if asked.</summary>
    Delay,

    /// <summary>A limited number of bytes a second in each direction of a connection.</summary>
    Throttle,

    /// <summary>Each direction of a connection carries so many bytes, then the connection is reset.</summary>
    CutAfter,

    /// <summary>The connection is reset when an answer holds certain bytes, which then don't arrive. Sees what is not encrypted.</summary>
    CutAtAnswer,
}

/// <summary>What is wrong with a link.</summary>
public sealed record LinkFault
{
    private LinkFault(LinkFaultKind kind) => Kind = kind;

    public static LinkFault Pass { get; } = new(LinkFaultKind.Pass);

    public static LinkFault Refuse { get; } = new(LinkFaultKind.Refuse);

    public static LinkFault Cut { get; } = new(LinkFaultKind.Cut);

    public static LinkFault Reset { get; } = new(LinkFaultKind.Reset);

    public static LinkFault Blackhole { get; } = new(LinkFaultKind.Blackhole);

    /// <summary>Requests don't arrive, answers would.</summary>
    public static LinkFault SilentForth { get; } = new(LinkFaultKind.HalfOpen) { SilencesForth = true };

    /// <summary>Requests arrive and are done, answers don't come back.</summary>
    public static LinkFault SilentBack { get; } = new(LinkFaultKind.HalfOpen);

    public LinkFaultKind Kind { get; private init; }

    public TimeSpan Delay { get; private init; }

    /// <summary>At most so much longer than <see cref="Delay"/>.</summary>
    public TimeSpan Jitter { get; private init; }

    public long BytesPerSecond { get; private init; }

    public long Bytes { get; private init; }

    public ReadOnlyMemory<byte> Answer { get; private init; }

    internal bool SilencesForth { get; private init; }

    internal bool AdmitsConnections => Kind is not (LinkFaultKind.Refuse or LinkFaultKind.Cut);

    public static LinkFault DelayedBy(TimeSpan delay, TimeSpan jitter = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(jitter, TimeSpan.Zero);
        return new LinkFault(LinkFaultKind.Delay) { Delay = delay, Jitter = jitter };
    }

    public static LinkFault ThrottledTo(long bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesPerSecond);
        return new LinkFault(LinkFaultKind.Throttle) { BytesPerSecond = bytesPerSecond };
    }

    public static LinkFault CutAfter(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new LinkFault(LinkFaultKind.CutAfter) { Bytes = bytes };
    }

    public static LinkFault CutAtAnswer(ReadOnlyMemory<byte> answer)
    {
        ArgumentOutOfRangeException.ThrowIfZero(answer.Length);
        return new LinkFault(LinkFaultKind.CutAtAnswer) { Answer = answer };
    }

    internal bool IsSilent(bool forth) => Kind == LinkFaultKind.Blackhole || (Kind == LinkFaultKind.HalfOpen && SilencesForth == forth);
}
