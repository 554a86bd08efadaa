namespace Shop.Rehearsal.Aurora;

/// <summary>ARNs of the account that the rehearsal plays.</summary>
public static class AuroraArn
{
    public const string Account = "000000000000";

    public static string Cluster(string region, string id) => $"arn:aws:rds:{region}:{Account}:cluster:{id}";

    public static string Instance(string region, string id) => $"arn:aws:rds:{region}:{Account}:db:{id}";

    public static string Snapshot(string region, string id) => $"arn:aws:rds:{region}:{Account}:cluster-snapshot:{id}";

    public static string GlobalCluster(string id) => $"arn:aws:rds::{Account}:global-cluster:{id}";

    /// <summary>Most parameters take a name or an ARN.</summary>
    public static bool Names(string nameOrArn, string name, string arn) =>
        string.Equals(nameOrArn, name, StringComparison.OrdinalIgnoreCase) || nameOrArn == arn;
}
