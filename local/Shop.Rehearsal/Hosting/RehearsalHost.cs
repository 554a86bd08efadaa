using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Drill;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Hosting;

/// <summary>Two Regions and what is between them. Starts all, breaks some, mends it, and leaves nothing behind.</summary>
internal sealed class RehearsalHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HostParts _parts;
    private readonly TimeProvider _time;
    private readonly List<Task> _loops = [];
    private readonly Journeys _journeys = new();
    private readonly Lazy<Shoppers> _shoppers;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _lostAt = new();

    internal RehearsalHost(HostParts parts, TimeProvider time)
    {
        _parts = parts;
        parts.Announce = text => Say(text);
        _time = time;
        Faults = new FaultBoard(parts, time);
        _shoppers = new Lazy<Shoppers>(() => new Shoppers(Store, time));
    }

    public RehearsalOptions Options => _parts.Options;

    /// <summary>Where shoppers go: the front door.</summary>
    public Uri Store => _parts.FrontDoor.Address;

    /// <summary>The Region whose cluster writes the orders.</summary>
    public string ActiveRegion => _parts.Databases.WriterRegion("orders");

    /// <summary>Says in a line what the Regions do by themselves.</summary>
    public event Action<string>? Happened;

    public static Task<RehearsalHost> StartAsync(
        Workspace workspace, RehearsalOptions options, Action<string> say, CancellationToken cancellationToken) =>
        new HostStarter(workspace, options, say, TimeProvider.System).StartAsync(cancellationToken);

    public bool IsOn(string region) => Region(region).Power.IsOn;

    public StepFunctionsService StepFunctions(string region) => Region(region).StepFunctions;

    /// <summary>What is broken, and how to break and mend it; lost Regions are not among them.</summary>
    internal FaultBoard Faults { get; }

    /// <summary>The shoppers that an operator sends; a drill has its own.</summary>
    internal Shoppers Shoppers => _shoppers.Value;

    public void CutReplication()
    {
        Faults.Start(FaultKind.Find("cut-replication")!, null);
        Say("replication between the Regions is cut");
    }

    /// <summary>Both Regions live on and can't reach each other; the rest of the world reaches both.</summary>
    public void Partition()
    {
        Faults.Start(FaultKind.Find("partition")!, null);
        Say("all links between the Regions are cut");
    }

    /// <summary>Only the tables' changes pass again, not yet the databases'.</summary>
    public void HealTables() => _parts.Replication.Fault = Links.LinkFault.Pass;

    public IReadOnlyList<ArcEndpoint> ArcEndpoints => _parts.ArcEndpoints.All;

    public string ControlArn(string region) => _parts.Arc.ControlArn(region);

    public IReadOnlyDictionary<string, bool> RoutingControls => _parts.Arc.Controls.ToDictionary(c => c.Region, c => c.IsOn);

    public void Heal()
    {
        Faults.EndAll();
        Say("all faults are ended");
    }

    internal string StartFault(FaultKind kind, string? region)
    {
        var fault = Faults.Start(kind, region);
        Say($"fault: {fault.Title}");
        return fault.Title;
    }

    internal bool EndFault(FaultKind kind, string? region)
    {
        var ended = Faults.End(kind, region);
        Say($"fault ended: {kind.Title}{(region is null ? "" : $" in {region}")}", ended);
        return ended;
    }

    /// <summary>When a Region that is off was lost.</summary>
    internal DateTimeOffset? LostAt(string region) => _lostAt.TryGetValue(region, out var at) ? at : null;

    public async Task LoseRegionAsync(string name)
    {
        Say($"{name} is lost");
        _lostAt[name] = _time.GetUtcNow();
        Faults.Forget(name);
        var region = Region(name);
        region.Power.TurnOff();
        _parts.Broker(name).LeadTo(null);
        await Task.WhenAll(_parts.Aurora.LoseRegionAsync(name), region.LoseAsync());
    }

    public async Task RestoreRegionAsync(string name, CancellationToken cancellationToken)
    {
        Say($"{name} is coming back");
        _parts.Broker(name).LeadTo(_parts.RabbitMq.Port);
        await Task.WhenAll(_parts.Aurora.RestoreRegionAsync(name, cancellationToken), Region(name).RestoreAsync(cancellationToken));
        _lostAt.TryRemove(name, out _);
        Say($"{name} is back");
    }

    /// <summary>Waits until both secondaries hold all that their writers have committed.</summary>
    public Task CaughtUpAsync(TimeSpan patience, CancellationToken cancellationToken) => _parts.Databases.CaughtUpAsync(patience, cancellationToken);

    /// <summary>The planned move, which loses nothing and needs both Regions.</summary>
    public Execution StartSwitchover(string to, string by, string? reason = null) => Start(to, "regional-failover", by, reason, new JsonObject { ["mode"] = "switchover" });

    /// <summary>The planned move back, once the Region is ready for it.</summary>
    public Execution StartFailback(string to, string by, string? reason = null) => Start(to, "failback", by, reason, []);

    public Execution StartFailover(string to, string by, string? reason = null) =>
        Start(to, "regional-failover", by, reason, new JsonObject { ["mode"] = "failover", ["allowDataLoss"] = true });

    /// <summary>Puts back what a report lists as missing, once another person has approved.</summary>
    public Execution StartReplay(ReportLine report, string by) => Region(ActiveRegion).StepFunctions.Start(
        StateMachineDeployment.MachineArn(ActiveRegion, "replay"),
        name: null,
        new JsonObject { ["runId"] = Path.GetFileName(report.Folder), ["database"] = report.Database, ["requestedBy"] = by }.ToJsonString());

    private Execution Start(string to, string machine, string by, string? reason, JsonObject input)
    {
        input["dryRun"] = false;
        input["trigger"] = new JsonObject { ["type"] = "operator", ["by"] = by, ["reason"] = reason ?? "Started in the rehearsal." };
        input["approval"] = new JsonObject { ["required"] = Options.ApprovalRequired, ["timeoutSeconds"] = 600 };
        return Region(to).StepFunctions.Start(StateMachineDeployment.MachineArn(to, machine), name: null, input.ToJsonString());
    }

    /// <summary>Answers the oldest failover that asks. False when none does.</summary>
    public bool Answer(bool approve, string by = "operator") => _parts.Regions
        .SelectMany(r => r.Approvals.Pending.Select(a => (r.Approvals, a)))
        .OrderBy(p => p.a.Message.Time)
        .Select(p => approve ? p.Approvals.Approve(p.a.Message.Id, by) : p.Approvals.Deny(p.a.Message.Id, by))
        .FirstOrDefault(answered => answered);

    public PointOfFailure PointOfFailure(string database, string lostRegion) => _parts.Databases.PointOfFailure(database, lostRegion);

    /// <summary>Every order that a Region's cluster holds, read by plain SQL, but those of one customer.</summary>
    public Task<IReadOnlyList<StoredOrder>> OrdersAsync(string region, string exceptCustomer, CancellationToken cancellationToken) =>
        _parts.Databases.OrdersAsync(region, exceptCustomer, cancellationToken);

    /// <summary>The newest report folder of each database, as written by the Region's reconciliations.</summary>
    public IReadOnlyList<ReportLine> Reports(string region) => ReportFolder.Newest(Path.Combine(Region(region).S3Folder, FunctionCatalog.ReportBucket));

    /// <summary>Logs of all processes, and the histories of all executions.</summary>
    public IReadOnlyList<string> EvidenceFolders =>
        [_parts.Engines.Folder.Logs, .. Options.Regions.Select(r => _parts.Engines.Folder.FolderFor($"executions-{r}"))];

    public HostStatus Status() => StatusReader.Read(_parts);

    public void WriteEndpoints(Uri controlRoom, string controlToken) => EndpointsWriter.Write(_parts, Store, controlRoom, controlToken);

    /// <summary>Starts what goes on by itself: canaries, alarms, lag metrics, the outbox relay.</summary>
    internal void Watch()
    {
        foreach (var region in _parts.Regions)
        {
            var peer = Region(Options.Peer(region.Name));
            region.CloudWatch.Add(Journeys.Alarms(Options));
            foreach (var canary in _journeys.Create(Options, region.CloudWatch, region.Power, region.Store, peer.Store, _time))
            {
                _loops.Add(canary.RunAsync(_stop.Token));
            }

            _loops.Add(region.CloudWatch.RunAsync(Options.CanaryInterval / 4, _stop.Token));
            _loops.Add(new OutboxSchedule(region).RunAsync(_time, _stop.Token));
            _loops.Add(new EventSchedule(region.Events, _time).RunAsync(_stop.Token));
            region.CloudWatch.AlarmChanged += change => Say($"alarm {change.AlarmName} in {change.Region}: {change.Previous.Name} -> {change.Current.Name}", change.AlarmName == Journeys.PeerDownAlarm);
            region.StepFunctions.StatusChanged += execution => Say(
                $"{execution.StateMachineName} in {region.Name}: {execution.Status.ToString().ToUpperInvariant()}{(execution.Outcome.Error is { } error ? $" ({error})" : "")}",
                execution.StateMachineName is not ("routing-control" or "preflight"));
        }

        _parts.Arc.Changed += () => Say($"routing controls: {string.Join(", ", _parts.Arc.Controls.Select(c => $"{c.Region} {(c.IsOn ? "On" : "Off")}"))}");
        _loops.Add(new LagMetrics(_parts).RunAsync(_time, _stop.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_loops);
        }
        catch (OperationCanceledException)
        {
            // They were told to stop; a loop that failed for another reason throws that.
        }
        finally
        {
            _journeys.Dispose();
            if (_shoppers.IsValueCreated)
            {
                await _shoppers.Value.DisposeAsync();
            }

            await _parts.DisposeAsync();
            _stop.Dispose();
        }
    }

    internal void Say(string text, bool matters = true)
    {
        if (matters)
        {
            Happened?.Invoke(text);
        }
    }

    internal string AdminPassword(string database) => _parts.Databases.AdminPassword(database);

    internal AuroraFleet Aurora => _parts.Aurora;

    internal HostParts Parts => _parts;

    internal LocalRegion Region(string name) => _parts.Regions.Single(r => r.Name == name);
}
