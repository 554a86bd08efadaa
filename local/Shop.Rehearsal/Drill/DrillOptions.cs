using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.Drill;

/// <summary>What a drill does: each is an environment variable, local/README.md lists them.</summary>
internal sealed record DrillOptions
{
    /// <summary><c>DRILL_MISSING</c>: orders acknowledged while replication is cut. They are what the report must list.</summary>
    public int Missing { get; init; } = 25;

    /// <summary><c>DRILL_TRIGGER</c>: <c>alarm</c> or <c>operator</c>.</summary>
    public bool OperatorStarts { get; init; }

    /// <summary><c>DRILL_STEADY_ORDERS</c>: orders acknowledged before anything happens.</summary>
    public int SteadyOrders { get; init; } = 20;

    /// <summary><c>DRILL_SHOPPERS</c>: how many buy at the same time.</summary>
    public int Shoppers { get; init; } = 4;

    /// <summary><c>DRILL_SEED</c>: what the shoppers choose follows from it.</summary>
    public int Seed { get; init; } = 1;

    public static DrillOptions FromEnvironment(Func<string, string?> variable)
    {
        var defaults = new DrillOptions();
        return new DrillOptions
        {
            Missing = RehearsalOptions.Number(variable, "DRILL_MISSING", defaults.Missing, 0, 100_000),
            OperatorStarts = RehearsalOptions.Choice(variable, "DRILL_TRIGGER", "alarm", "operator") == "operator",
            SteadyOrders = RehearsalOptions.Number(variable, "DRILL_STEADY_ORDERS", defaults.SteadyOrders, 1, 100_000),
            Shoppers = RehearsalOptions.Number(variable, "DRILL_SHOPPERS", defaults.Shoppers, 1, 64),
            Seed = RehearsalOptions.Number(variable, "DRILL_SEED", defaults.Seed, 0, int.MaxValue),
        };
    }
}
