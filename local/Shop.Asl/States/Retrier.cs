using Shop.Asl.Execution;

namespace Shop.Asl.States;

/// <summary>When and how often a failed state is tried again.</summary>
internal sealed record Retrier(
    string[] ErrorEquals, int IntervalSeconds, int MaxAttempts, double BackoffRate, int? MaxDelaySeconds, bool HasFullJitter)
{
    /// <param name="attempts">How often this retrier was used in this state before.</param>
    public TimeSpan Delay(int attempts, Randomness random)
    {
        var seconds = Math.Min(IntervalSeconds * Math.Pow(BackoffRate, attempts), MaxDelaySeconds ?? Limits.MaxSeconds);
        return TimeSpan.FromSeconds(HasFullJitter ? seconds * random.NextDouble() : seconds);
    }
}
