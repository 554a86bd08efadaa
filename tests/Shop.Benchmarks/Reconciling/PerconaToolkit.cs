using System.Diagnostics;
using System.Globalization;
using Shop.Benchmarks.Suites;

namespace Shop.Benchmarks.Reconciling;

/// <summary>Percona's <c>pt-table-sync</c> on the same two servers, where somebody has installed it: the nearest tool that there is.</summary>
/// <remarks><c>pt-table-checksum</c> needs replication between the two sides, which a lost Region no longer has.</remarks>
internal static class PerconaToolkit
{
    private const string Name = "pt-table-sync --print";

    public static async Task CompareAsync(TwoSides sides, ReconcilingOrders.Figures figures, CancellationToken cancellationToken)
    {
        if (!Paths("pt-table-sync").Any(File.Exists))
        {
            Console.WriteLine($"  {Name}: not installed (apt-get install percona-toolkit), left out");
            return;
        }

        var found = 0;
        var started = Stopwatch.GetTimestamp();
        foreach (var table in (string[])["customer_order", "customer_order_item"])
        {
            using var process = Process.Start(new ProcessStartInfo(
                "pt-table-sync",
                ["--print", "--no-check-slave", "--no-check-triggers", "--chunk-size", "10000", Dsn(sides.New, table), Dsn(sides.Old, table)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                found += line.Contains(" INTO ", StringComparison.Ordinal) || line.StartsWith("DELETE", StringComparison.Ordinal) ? 1 : 0;
            }

            await process.WaitForExitAsync(cancellationToken);
            // 2: differences.
            if (process.ExitCode is not (0 or 2))
            {
                Console.WriteLine($"  {Name}: ended with {process.ExitCode}, left out: {(await error).Split('\n')[0]}");
                return;
            }
        }

        figures.Add($"{Name} (rows, not orders)", Stopwatch.GetElapsedTime(started).TotalSeconds, double.NaN, double.NaN, found);
    }

    private static IEnumerable<string> Paths(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program));

    private static string Dsn(Shop.Rehearsal.Engines.MariaDbServer server, string table) =>
        string.Create(CultureInfo.InvariantCulture, $"h=127.0.0.1,P={server.Port},u=bench,p=only-for-the-benchmark,D={TwoSides.Database},t={table}");
}
