namespace Shop.Reconciliation.Comparing;

/// <summary>What a reader of the report should know about one difference.</summary>
public static class Notes
{
    /// <summary>Old enough to have been replicated: deleted on the new primary since, or lost in another way than by the failover.</summary>
    public const string OlderThanTheTail = "older-than-the-tail";

    /// <summary>Written on both primaries; whether the old primary's write had arrived before can't be told.</summary>
    public const string WrittenOnBothSides = "written-on-both-sides";

    /// <summary>Both sides have the same version and different content: something wrote without touching the version.</summary>
    public const string SilentChange = "silent-change";

    /// <summary>Items without the row they belong to.</summary>
    public const string Orphaned = "orphaned-items";
}
