namespace Shop.Asl.Execution;

internal static class Delays
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(40);

    /// <summary>Rounds up to what a timer can count: rounded down, a wait would end early and begin again without end.</summary>
    public static TimeSpan WholeMilliseconds(this TimeSpan duration) => TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds));

    /// <summary>Waits until a moment, however far away.</summary>
    public static async Task WaitUntilAsync(this TimeProvider time, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        for (var rest = moment - time.GetUtcNow(); rest > TimeSpan.Zero; rest = moment - time.GetUtcNow())
        {
            await Task.Delay(rest < LongestDelay ? rest.WholeMilliseconds() : LongestDelay, time, cancellationToken);
        }
    }
}
