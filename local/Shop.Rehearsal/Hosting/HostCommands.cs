using System.Globalization;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Hosting;

/// <summary>The verbs that a running rehearsal understands. Each answers what it did in a sentence.</summary>
internal sealed class HostCommands(RehearsalHost host) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public void Dispose() => _one.Dispose();

    /// <summary>What changes Regions is done one at a time: a Region can't be restored twice at once.</summary>
    /// <exception cref="CommandException">It can't be done, and why.</exception>
    public async Task<string> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Verb is not ("lose-region" or "restore-region" or "shoppers"))
            {
                return await ChangeAsync(request, cancellationToken);
            }

            await _one.WaitAsync(cancellationToken);
            try
            {
                return await ChangeAsync(request, cancellationToken);
            }
            finally
            {
                _one.Release();
            }
        }
        catch (AwsServiceException e)
        {
            throw new CommandException(e.Message);
        }
    }

    private async Task<string> ChangeAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var argument = request.Argument;
        switch (request.Verb)
        {
            case "status":
                return StatusText.Of(host.Status());
            case "cut-replication":
                host.CutReplication();
                return "Replication between the Regions is cut. Orders go on being taken; `heal` ends it.";
            case "partition":
                host.Partition();
                return "The Regions can't reach each other; shoppers reach both. A failover now deposes a writer that lives on. `heal` ends it.";
            case "heal":
                host.Heal();
                return "All faults are ended. A lost Region stays lost until it is restored.";
            case "fault":
                var (kind, where) = Fault(argument);
                return $"{host.StartFault(kind, where)}. {kind.Effect}";
            case "end-fault":
                var (ended, there) = Fault(argument);
                MustBe(host.EndFault(ended, there), $"{ended.Title} is not in force.");
                return $"{ended.Title}: ended.";
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
                return Start(host.Options.Peer(host.ActiveRegion), host.StartFailover, request);
            case "start-switchover":
                MustBe(host.Options.Regions.All(host.IsOn), "A Region is lost; a switchover is planned and needs both. start-failover is the unplanned one.");
                return Start(host.Options.Peer(host.ActiveRegion), host.StartSwitchover, request);
            case "start-failback":
                MustBe(host.ActiveRegion != host.Options.Primary, $"The store runs in {host.Options.Primary} already; there is nothing to give back.");
                return Start(host.Options.Primary, host.StartFailback, request);
            case "start-replay":
                var newest = host.Reports(host.ActiveRegion).FirstOrDefault(r => r.Database == "orders");
                MustBe(newest is not null, $"{host.ActiveRegion} has no report of the orders. A failover writes one once the lost Region is back.");
                return $"Started {host.StartReplay(newest!, request.By).Arn}. `status` shows when it asks; `approve` is the second person's word.";
            case "approve" or "deny":
                MustBe(host.Answer(request.Verb == "approve", request.By), "Nothing waits for an approval.");
                return request.Verb == "approve" ? "Approved." : "Denied.";
            case "stop":
                var stopped = await ServiceOf(argument).StopAsync(argument!, "Operator.Stopped", $"Stopped by {request.By}.{(request.Reason is null ? "" : $" {request.Reason}")}");
                return $"{stopped.StateMachineName} {stopped.Name} is {ExecutionOutcome.Name(stopped.Status)}.";
            case "redrive":
                ServiceOf(argument).Redrive(argument!);
                return "It goes on from where it ended.";
            case "shoppers":
                return await SendShoppersAsync(argument);
            case "report":
                return Report();
            default:
                throw new CommandException($"There is no command '{request.Verb}'.");
        }
    }

    private string Start(string target, Func<string, string, string?, Execution> start, CommandRequest request)
    {
        MustBe(host.IsOn(target), $"{target} is lost; a move runs in the Region that is being activated.");
        return $"Started {start(target, request.By, request.Reason).Arn}. `status` shows how it goes.";
    }

    private async Task<string> SendShoppersAsync(string? argument)
    {
        MustBe(int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var lanes) && lanes <= Shoppers.Most,
            $"Say how many shoppers, from 0 to {Shoppers.Most}; not '{argument}'.");
        await host.Shoppers.SendAsync(lanes);
        host.Say(lanes == 0 ? "shoppers went home" : $"{lanes} shoppers browse and buy");
        return lanes == 0 ? "The shoppers went home." : $"{lanes} shoppers browse and buy through {host.Store}.";
    }

    private StepFunctionsService ServiceOf(string? executionArn)
    {
        var region = executionArn?.Split(':') is { Length: > 4 } parts ? parts[3] : null;
        MustBe(region is not null && host.Options.Regions.Contains(region), "Say which execution, by its ARN.");
        return host.StepFunctions(region!);
    }

    /// <summary><c>pause-redis standby</c>.</summary>
    private (FaultKind Kind, string? Region) Fault(string? argument)
    {
        var words = argument?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var kind = words.Length > 0 ? FaultKind.Find(words[0]) : null;
        if (kind is null)
        {
            return (InWords(argument ?? ""), null);
        }

        MustBe(kind.TakesRegion || words.Length == 1, $"{kind.Name} takes no Region.");
        return (kind, kind.TakesRegion ? OnRegion(words.ElementAtOrDefault(1)) : null);
    }

    private FaultKind InWords(string text)
    {
        try
        {
            return FaultPhrase.Parse(text, OnRegion);
        }
        catch (FormatException)
        {
            throw new CommandException(
                $"Say which fault, not '{text}':\n{string.Join("\n", FaultKind.All.Select(k => $"  {k.Name}{(k.TakesRegion ? " primary|standby" : "")}"))}\nor in words:\n{FaultPhrase.Grammar}");
        }
    }

    private string OnRegion(string? argument)
    {
        var region = Region(argument);
        MustBe(host.IsOn(region), $"{region} is lost; there is nothing left to break.");
        return region;
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
