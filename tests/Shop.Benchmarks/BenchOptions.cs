using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks;

/// <summary>What a run measures: each is an environment variable.</summary>
internal sealed record BenchOptions
{
    private static readonly string[] Suites = ["size", "hosting", "asl", "cold", "load", "start", "pages", "duplicates", "moves", "reconcile"];

    /// <summary><c>BENCH_RUNS</c>: counted runs of each cold start, and rounds of the hosting overhead and of state machines (20 at least).</summary>
    public int Runs { get; init; } = 21;

    /// <summary><c>BENCH_INVOCATIONS</c>: warm invocations a round.</summary>
    public int Invocations { get; init; } = 5_000;

    /// <summary><c>BENCH_REQUESTS</c>: requests of each kind under load.</summary>
    public int Requests { get; init; } = 2_000;

    /// <summary><c>BENCH_CONCURRENCY</c>: how many clients send at the same time. A Region runs at most that many processes of a function.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary><c>BENCH_DUPLICATES</c>: submissions in the duplicate test.</summary>
    public int Duplicates { get; init; } = 10_000;

    /// <summary><c>BENCH_MOVES</c>: planned moves of the store.</summary>
    public int Moves { get; init; } = 20;

    /// <summary><c>BENCH_ORDERS</c>: orders on each side of the reconciliation; each has two or three items.</summary>
    public int ReconcileOrders { get; init; } = 1_000_000;

    /// <summary><c>BENCH_ROUNDS</c>: counted rounds of the reconciliation.</summary>
    public int ReconcileRounds { get; init; } = 3;

    /// <summary><c>BENCH_ONLY</c>: some of size, hosting, asl, cold, load, start, pages, duplicates, moves, reconcile, comma separated; all by default.</summary>
    public IReadOnlyList<string> Only { get; init; } = Suites;

    public bool Wants(params string[] suites) => suites.Any(Only.Contains);

    public static BenchOptions FromEnvironment(Func<string, string?> variable)
    {
        var defaults = new BenchOptions();
        var only = variable("BENCH_ONLY") is { Length: > 0 } text ? text.Split(',', StringSplitOptions.TrimEntries) : [.. Suites];
        if (only.Except(Suites).FirstOrDefault() is { } unknown)
        {
            throw new OptionException($"BENCH_ONLY names '{unknown}'; expected some of {string.Join(",", Suites)}.");
        }

        return new BenchOptions
        {
            Runs = RehearsalOptions.Number(variable, "BENCH_RUNS", defaults.Runs, 1, 1000),
            Invocations = RehearsalOptions.Number(variable, "BENCH_INVOCATIONS", defaults.Invocations, 100, 1_000_000),
            Requests = RehearsalOptions.Number(variable, "BENCH_REQUESTS", defaults.Requests, 20, 100_000),
            Concurrency = RehearsalOptions.Number(variable, "BENCH_CONCURRENCY", defaults.Concurrency, 1, 32),
            Duplicates = RehearsalOptions.Number(variable, "BENCH_DUPLICATES", defaults.Duplicates, 100, 100_000),
            Moves = RehearsalOptions.Number(variable, "BENCH_MOVES", defaults.Moves, 1, 200),
            ReconcileOrders = RehearsalOptions.Number(variable, "BENCH_ORDERS", defaults.ReconcileOrders, 10_000, 100_000_000),
            ReconcileRounds = RehearsalOptions.Number(variable, "BENCH_ROUNDS", defaults.ReconcileRounds, 1, 50),
            Only = only,
        };
    }
}
