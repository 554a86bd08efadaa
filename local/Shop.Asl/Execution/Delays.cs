namespace Shop.Asl.Execution;

internal static class Delays
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(40);

    /// <summary>Waits until a moment, however far away.</summary>
    public static async Task WaitUntilAsync(this TimeProvider time, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        for (var rest = moment - time.GetUtcNow(); rest > TimeSpan.Zero; rest = moment - time.GetUtcNow())
        {
            await Task.Delay(rest < LongestDelay ? rest : LongestDelay, time, cancellationToken);
        }
    }
}
