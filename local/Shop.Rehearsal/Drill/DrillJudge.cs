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
            await GtidOracle.LostOrdersAsync(snapshot.DataFolder, snapshot.ReplicatedUpTo, cancellationToken));
    }

    /// <summary>The ids of <c>classes.missing</c> in a report file.</summary>
    public static async Task<IReadOnlyList<Guid>> ReadMissingAsync(string reportFile, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(reportFile);
        using var report = await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        return [.. report.RootElement.GetProperty("missing").EnumerateArray().Select(o => Guid.Parse(o.GetProperty("key").GetString()!))];
    }
}

/// <summary>What the oracle reads: the old primary's data folder as it was left, and how far the new primary had come.</summary>
internal sealed record PointOfFailure(string DataFolder, string ReplicatedUpTo);
