using Shop.Simulation.Model;

namespace Shop.Simulation.Exploration;

/// <summary>The same situation with other latencies and durations, drawn from a seed. What a scenario says itself stays.</summary>
internal static class Variation
{
    private static readonly WorldSetup Usual = new();

    public static WorldSetup Of(WorldSetup setup, int seed)
    {
        var random = new Random(seed);
        return setup with
        {
            Latency = Draw(setup.Latency, Usual.Latency, 0.01, 3),
            Lag = Draw(setup.Lag, Usual.Lag, 0.01, 25),
            PromotionTakes = Draw(setup.PromotionTakes, Usual.PromotionTakes, 1, 400),
            DescribeIsStaleFor = Draw(setup.DescribeIsStaleFor, Usual.DescribeIsStaleFor, 0.01, 75),
            TargetRestarts = setup.TargetRestarts is { } restarts ? Draw(restarts, Usual.TargetRestarts!.Value, 0.1, 120) : null,
            RoutingSpreads = Draw(setup.RoutingSpreads, Usual.RoutingSpreads, 0.01, 6),
            AnswerAfter = Draw(setup.AnswerAfter, Usual.AnswerAfter, 0.5, 590),
            LostAt = Draw(setup.LostAt, Usual.LostAt, 0.5, 200),
            BackAfter = Draw(setup.BackAfter, Usual.BackAfter, 20, 600),
            SnapshotAfter = setup.SnapshotAfter is { } after ? Draw(after, Usual.SnapshotAfter!.Value, 1, 300) : null,
            CopyTakes = Draw(setup.CopyTakes, Usual.CopyTakes, 1, 200),
            EndpointsDown = setup.EndpointsDown == 0 ? random.Next(5) : setup.EndpointsDown,
            AuroraFenceHolds = setup.AuroraFenceHolds && random.Next(3) > 0,
        };

        // Even on a logarithmic scale: short and long ones alike.
        TimeSpan Draw(TimeSpan actual, TimeSpan usual, double least, double most)
        {
            var drawn = TimeSpan.FromMilliseconds(Math.Round(1000 * least * Math.Pow(most / least, random.NextDouble())));
            return actual == usual ? drawn : actual;
        }
    }
}
