namespace Shop.Reconciliation.Tests.Servers;

/// <summary>The story that every test tells: replication ends, the old primary goes on and fails, the new one takes over.</summary>
internal static class Moments
{
    public static DateTimeOffset LastReplicated { get; } = new(2026, 11, 23, 11, 59, 30, TimeSpan.Zero);

    public static DateTimeOffset FailoverStartedAt { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset PromotedAt { get; } = new(2026, 11, 23, 12, 0, 10, TimeSpan.Zero);
}
