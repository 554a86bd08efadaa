namespace Shop.Rehearsal.Aurora;

internal static class RdsStatus
{
    public const string Creating = "creating";
    public const string Available = "available";
    public const string Modifying = "modifying";
    public const string Deleting = "deleting";
    public const string Synchronizing = "synchronizing";
    public const string Failed = "failed";
    public const string FailingOver = "failing-over";
    public const string SwitchingOver = "switching-over";
    public const string Pending = "pending";
}
