using System.Text.Json;
using Shop.Rehearsal.Hosting;

namespace Shop.Rehearsal.Drill;

/// <summary>Collects the evidence of a drill, each piece by another way, and reads the report as a stranger would: from its file.</summary>
internal sealed class DrillJudge(RehearsalHost host)
{
    /// <summary>Orders that the failover itself places to see whether the store sells; no shopper knows them.</summary>
    private const string SyntheticCustomer = "synthetic";

    public async Task<Evidence> CollectAsync(DrillFacts facts, string reportFile, CancellationToken cancellationToken)
    {
        var snapshot = host.PointOfFailure("orders", facts.LostRegion);
        return new Evidence(
            [.. facts.Ledger.Acknowledged.Select(o => o.OrderId)],
            [.. facts.Ledger.Orders.Select(o => o.OrderId)],
            facts.AcknowledgedDuringCut,
            await host.OrdersAsync(facts.Survivor, SyntheticCustomer, cancellationToken),
            await ReadMissingAsync(reportFile, cancellationToken),
            await GtidOracle.LostOrdersAsync(snapshot.DataFolder, snapshot.ReplicatedUpTo, cancellationToken))
        {
            ReportFlaws = [.. await FlawsAsync("orders", reportFile, cancellationToken), .. await CatalogFlawsAsync(facts.Survivor, cancellationToken)],
        };
    }

    /// <summary>Nothing writes the catalog during a drill, so its report must be empty.</summary>
    private async Task<IReadOnlyList<string>> CatalogFlawsAsync(string survivor, CancellationToken cancellationToken)
    {
        if (host.Reports(survivor).FirstOrDefault(r => r.Database == "catalog") is not { } catalog)
        {
            return ["there is no report of catalog"];
        }

        var file = Path.Combine(catalog.Folder, "report.json");
        var missing = await ReadAsync(file, r => r.GetProperty("missing").GetArrayLength(), cancellationToken);
        return [.. await FlawsAsync("catalog", file, cancellationToken), .. missing == 0 ? Array.Empty<string>() : [$"the report of catalog lists {missing} missing"]];
    }

    /// <summary>Shoppers only add orders: nothing can have changed or come back.</summary>
    private static Task<IReadOnlyList<string>> FlawsAsync(string database, string file, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<string>>(
        file,
        report =>
        {
            var flaws = new List<string>();
            var statement = report.GetProperty("completeness").GetProperty("statement").GetString();
            if (statement != "exact")
            {
                flaws.Add($"the report of {database} says {statement}");
            }

            foreach (var kind in (string[])["changed", "resurrected"])
            {
                if (report.GetProperty(kind).GetArrayLength() is > 0 and var count)
                {
                    flaws.Add($"the report of {database} lists {count} {kind}");
                }
            }

            return flaws;
        },
        cancellationToken);

    private static async Task<T> ReadAsync<T>(string file, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        using var report = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return read(report.RootElement);
    }

    /// <summary>The ids of <c>classes.missing</c> in a report file.</summary>
    public static async Task<IReadOnlyList<Guid>> ReadMissingAsync(string reportFile, CancellationToken cancellationToken)
    {
        return await ReadAsync<IReadOnlyList<Guid>>(
            reportFile,
            report => [.. report.GetProperty("missing").EnumerateArray().Select(o => Guid.Parse(o.GetProperty("key").GetString()!))],
            cancellationToken);
    }
}

/// <summary>What the oracle reads: the old primary's data folder as it was left, and how far the new primary had come.</summary>
internal sealed record PointOfFailure(string DataFolder, string ReplicatedUpTo);
