namespace Shop.Asl.Execution;

/// <summary>Quotas of the service.</summary>
internal static class Limits
{
    /// <summary>Size of an input, output or result, in bytes of UTF-8.</summary>
    public const int PayloadBytes = 256 * 1024;

    public const int DefinitionBytes = 1024 * 1024;

    /// <summary>Iterations of an inline Map that run at the same time.</summary>
    public const int MapConcurrency = 40;

    /// <summary>Children of a distributed Map that run at the same time; 10,000 in the service.</summary>
    public const int DistributedConcurrency = 1_000;

    public const int NameLength = 80;

    public const int MaxSeconds = 99_999_999;

    public const int IntrinsicDepth = 10;
}
