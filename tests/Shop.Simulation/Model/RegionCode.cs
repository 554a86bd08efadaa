namespace Shop.Simulation.Model;

/// <summary>The two Regions by their codes. East is where the store begins; the model treats them alike.</summary>
internal static class RegionCode
{
    public const string East = "us-east-1";
    public const string West = "us-west-2";

    public static IReadOnlyList<string> Both { get; } = [East, West];

    public static string Peer(string region) => region == East ? West : East;

    /// <summary>The Region of an ARN, or nothing.</summary>
    public static string Of(string arn) => arn.Split(':') is { Length: > 3 } parts ? parts[3] : "";
}
