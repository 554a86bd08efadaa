namespace Shop.Reconciliation.Comparing;

public enum DifferenceClass
{
    /// <summary>On the old primary, not on the new one: acknowledged and lost.</summary>
    Missing,

    /// <summary>On both, with different content that the new primary's own traffic does not explain.</summary>
    Changed,

    /// <summary>Deleted on the old primary, alive on the new one.</summary>
    Resurrected,

    /// <summary>Written on the new primary after promotion: expected, only counted.</summary>
    Extra,
}
