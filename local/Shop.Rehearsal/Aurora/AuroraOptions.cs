namespace Shop.Rehearsal.Aurora;

/// <summary>Which Regions there are and which global clusters span them.</summary>
public sealed record AuroraOptions
{
    /// <summary>The first one has the writers at the start.</summary>
    public IReadOnlyList<string> Regions { get; init; } = ["us-east-1", "us-west-2"];

    /// <summary>Each becomes the global cluster <c>shop-name</c> with a database of that name.</summary>
    public IReadOnlyList<string> Databases { get; init; } = ["catalog", "orders"];

    public string EngineVersion { get; init; } = "8.0.mysql_aurora.3.08.0";

    /// <summary>How often writer and reader positions are compared to tell the lag.</summary>
    public TimeSpan LagInterval { get; init; } = TimeSpan.FromMilliseconds(100);
}
