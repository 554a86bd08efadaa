namespace Shop.Rehearsal.Engines;

public sealed record MariaDbOptions
{
    public required string Name { get; init; }

    /// <summary>New for every incarnation: a server skips replicated transactions that carry its own id, also those of its former life.</summary>
    public uint ServerId { get; init; } = 1;

    /// <summary>The replication domain; servers that replicate the same data share one.</summary>
    public uint GtidDomain { get; init; }

    /// <summary>Every server of a cluster starts fenced; only a promotion opens it.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>Clients must come over TLS, as Aurora's <c>require_secure_transport</c> demands it. TLS itself is always on.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Data to start on, such as a restored backup. Made from the template when it doesn't exist.</summary>
    public string? DataDirectory { get; init; }
}
