using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Hosting;

/// <summary>The verbs that a running rehearsal understands. Each answers what it did in a sentence.</summary>
internal sealed class HostCommands(RehearsalHost host) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>One at a time: a Region can't be restored twice at once.</summary>
    /// <exception cref="CommandException">It can't be done, and why.</exception>
    public async Task<string> RunAsync(string verb, string? argument, CancellationToken cancellationToken)
    {
        if (verb == "status")
        {
            return StatusText.Of(host.Status());
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ChangeAsync(verb, argument, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<string> ChangeAsync(string verb, string? argument, CancellationToken cancellationToken)
    {
        switch (verb)
        {
            case "cut-replication":
                host.CutReplication();
                return "Replication between the Regions is cut. Orders go on being taken; `heal` ends it.";
            case "partition":
                host.Partition();
                return "The Regions can't reach each other; shoppers reach both. A failover now deposes a writer that lives on. `heal` ends it.";
            case "heal":
                host.Heal();
                return "All links pass again.";
            case "lose-region":
                var lost = Region(argument);
                MustBe(host.IsOn(lost), $"{lost} is lost already.");
                await host.LoseRegionAsync(lost);
                return $"{lost} is lost: its processes are killed and its endpoints answer nobody. `status` shows what happens; `restore-region {argument}` brings it back.";
            case "restore-region":
                var restored = Region(argument);
                MustBe(!host.IsOn(restored), $"{restored} is not lost.");
                await host.RestoreRegionAsync(restored, cancellationToken);
                return $"{restored} is back. If the store had moved away meanwhile, its databases were snapshotted and rebuilt as replicas.";
            case "start-failover":
                return Start(host.Options.Peer(host.ActiveRegion), host.StartFailover);
            case "start-switchover":
                MustBe(host.Options.Regions.All(host.IsOn), "A Region is lost; a switchover is planned and needs both. start-failover is the unplanned one.");
                return Start(host.Options.Peer(host.ActiveRegion), host.StartSwitchover);
            case "start-failback":
                MustBe(host.ActiveRegion != host.Options.Primary, $"The store runs in {host.Options.Primary} already; there is nothing to give back.");
                return Start(host.Options.Primary, host.StartFailback);
            case "start-replay":
                var newest = host.Reports(host.ActiveRegion).FirstOrDefault(r => r.Database == "orders");
                MustBe(newest is not null, $"{host.ActiveRegion} has no report of the orders. A failover writes one once the lost Region is back.");
                return $"Started {host.StartReplay(newest!, Environment.UserName).Arn}. `status` shows when it asks; `approve` is the second person's word.";
            case "approve" or "deny":
                MustBe(host.Answer(verb == "approve"), "Nothing waits for an approval.");
                return verb == "approve" ? "Approved." : "Denied.";
            case "report":
                return Report();
            default:
                throw new CommandException($"There is no command '{verb}'.");
        }
    }

    private string Start(string target, Func<string, string, Execution> start)
    {
        MustBe(host.IsOn(target), $"{target} is lost; a move runs in the Region that is being activated.");
        try
        {
            var execution = start(target, "operator");
            return $"Started {execution.Arn}. `status` shows how it goes.";
        }
        catch (AwsServiceException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private string Report()
    {
        var reports = host.Status().Reports;
        MustBe(reports.Count > 0, "There is no report yet: one is written when a lost Region has come back after a failover.");
        var summary = string.Join("\n", reports.Select(r => $"{r.Database} ({r.WrittenAt:u})\n  {Path.Combine(r.Folder, "report.html")}\n  {Path.Combine(r.Folder, "report.json")}"));
        return summary;
    }

    private string Region(string? argument) => argument switch
    {
        "primary" => host.Options.Primary,
        "standby" => host.Options.Standby,
        { } code when host.Options.Regions.Contains(code) => code,
        _ => throw new CommandException($"Say primary, standby, or one of {string.Join(", ", host.Options.Regions)}; not '{argument}'."),
    };

    private static void MustBe(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new CommandException(otherwise);
        }
    }
}

internal sealed class CommandException(string message) : Exception(message);
