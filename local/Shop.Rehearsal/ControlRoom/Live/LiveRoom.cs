using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Links;
using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>The control room of a running rehearsal: asks its parts once a second and remembers what they said.</summary>
internal sealed class LiveRoom : IRoom, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly RehearsalHost _host;
    private readonly HostCommands _commands;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Probe> _probes;
    private readonly JourneyMeter _meter;
    private readonly AuditLog _audit;
    private readonly ReportShelf _shelf;
    private readonly List<(string Region, DateTimeOffset At)> _losses = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private volatile IReadOnlyList<ReportView> _reports = [];

    public LiveRoom(RehearsalHost host, TimeProvider time)
    {
        _host = host;
        _time = time;
        _commands = new HostCommands(host);
        _audit = new AuditLog(time);
        _meter = new JourneyMeter(host.Options.Regions, time);
        _shelf = new ReportShelf([.. host.Parts.Regions.Select(r => Path.Combine(r.S3Folder, FunctionCatalog.ReportBucket))]);
        _probes = host.Parts.Regions.ToDictionary(r => r.Name, r => new Probe(host.Parts, r, time));
        Recorder = new Recorder(time);
        host.Happened += Recorder.Note;
        host.Parts.FrontDoor.Answered += _meter.Count;
    }

    public Recorder Recorder { get; }

    public IReadOnlyList<string> Regions => _host.Options.Regions;

    public void Watch()
    {
        _loops.Add(RecordAsync());
        _loops.AddRange(_probes.Values.Select(AskAsync));
    }

    public async Task<string> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        if (request.Verb is "status" or "report")
        {
            return await _commands.RunAsync(request, cancellationToken);
        }

        var entry = _audit.Begin(request);
        try
        {
            var answer = await _commands.RunAsync(request, cancellationToken);
            _audit.End(entry, succeeded: true, answer);
            return answer;
        }
        catch (Exception e)
        {
            _audit.End(entry, succeeded: false, e.Message);
            throw;
        }
    }

    public RoomView Look()
    {
        var parts = _host.Parts;
        var figures = _meter.Figures();
        var executions = parts.Regions.SelectMany(r => r.StepFunctions.Executions).OrderByDescending(e => e.StartDate).ThenBy(e => e.Arn, StringComparer.Ordinal).ToList();
        return new RoomView
        {
            At = _time.GetUtcNow(),
            Store = _host.Store,
            Regions = [.. parts.Regions.Select(r => Region(r, figures))],
            Links = [.. parts.Links.Select(View)],
            Arc = [.. parts.ArcEndpoints.All.Select(e => new ArcView(e.Region, Regions.Contains(e.Region) && !_host.IsOn(e.Region) ? "Lost" : e.Fault.ToString()))],
            Faults = _host.Faults.Active,
            Executions = executions,
            Preview = parts.Regions[0].StepFunctions.StateMachines.FirstOrDefault(m => m.Name == "regional-failover"),
            Approvals = [.. parts.Regions.SelectMany(r => r.Approvals.Pending.Where(a => r.StepFunctions.Tokens.IsWaiting(a.TaskToken))
                .Select(a => new ApprovalView(r.Name, a.Message.Subject ?? "A failover asks for approval", a.Message.Time, Text(a.Details, "mode"), Text(a.Details, "reason"))))],
            Clock = MoveClock.Of(executions, Losses(), Lost(), Promotions(), _meter.FirstOrderSince),
            Timeline = Recorder.Happenings,
            Reports = _reports,
            Audit = _audit.Entries,
            Journeys = figures,
            Shoppers = _host.Shoppers.Lanes,
            AlarmIsArmed = _host.Options.AlarmIsArmed,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _host.Happened -= Recorder.Note;
        _host.Parts.FrontDoor.Answered -= _meter.Count;
        await _stop.CancelAsync();
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var probe in _probes.Values)
        {
            probe.Dispose();
        }

        _commands.Dispose();
        _stop.Dispose();
    }

    private async Task RecordAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            var figures = _meter.Figures();
            var orders = _host.Aurora.Global("orders");
            var lag = orders.Members.Any(m => m != orders.Writer && m.Server is { IsRunning: true }) ? orders.Lag.Lag.TotalSeconds : (double?)null;
            Recorder.Add(new Sample(
                _time.GetUtcNow().ToUnixTimeMilliseconds(), [.. Regions.Select(r => figures.OrdersPerMinute[r])],
                Math.Round(figures.ErrorPercent, 1), Rounded(figures.P50), Rounded(figures.P99), lag is { } seconds ? Math.Round(seconds, 2) : null,
                _probes[_host.ActiveRegion].Orders?.Outbox));
            NoteLosses();
            Recorder.Mark(Wrong());
            _reports = _shelf.Read();
        }
    }

    private async Task AskAsync(Probe probe)
    {
        while (!_stop.IsCancellationRequested)
        {
            await probe.AskAsync(_stop.Token);
            await Task.Delay(Interval, _time, _stop.Token);
        }
    }

    private IEnumerable<(string Kind, string Text, DateTimeOffset Since)> Wrong() =>
        _host.Faults.Active.Select(f => ("fault", f.Title, f.Since))
            .Concat(Regions.Where(r => _host.LostAt(r) is not null).Select(r => ("lost", $"{r} lost", _host.LostAt(r)!.Value)))
            .Concat(_host.Parts.Regions.SelectMany(r => r.StepFunctions.Executions)
                .Where(e => e.StateMachineName == "regional-failover" && e.Status == Asl.ExecutionStatus.Running).Select(e => ("move", "store moves", e.StartDate)));

    /// <summary>Kept also when the Region has come back: the clock of the move that followed begins there.</summary>
    private void NoteLosses()
    {
        lock (_losses)
        {
            _losses.AddRange(Regions.Select(r => (r, At: _host.LostAt(r))).Where(l => l.At is not null && !_losses.Contains((l.r, l.At.Value))).Select(l => (l.r, l.At!.Value)).ToList());
        }
    }

    private List<(string Region, DateTimeOffset At)> Losses()
    {
        NoteLosses();
        lock (_losses)
        {
            return [.. _losses];
        }
    }

    private List<(string Region, DateTimeOffset At)> Promotions()
    {
        var orders = _host.Aurora.Global("orders");
        return [.. orders.Failovers.Select(f => (orders.Members.First(m => m.Id == f.ToClusterId).Region, f.PromotedAt))];
    }

    private (string Region, DateTimeOffset At)? Lost() => _host.LostAt(_host.ActiveRegion) is { } at ? (_host.ActiveRegion, at) : null;

    private RegionView Region(LocalRegion region, JourneyFigures figures)
    {
        var probe = _probes[region.Name];
        return new RegionView(
            region.Name, region.Name == _host.Options.Primary ? "primary" : "standby", region.Power.IsOn, _host.ActiveRegion == region.Name, _host.LostAt(region.Name),
            region.Power.IsOn ? probe.Orders?.Epoch : null, _host.Parts.Arc.IsOn(region.Name), figures.SharePercent[region.Name],
            region.CloudWatch.Alarms.FirstOrDefault(a => a.Alarm.Name == Journeys.PeerDownAlarm)?.State.Name ?? "", region.Ui!.Address,
            [.. _host.Parts.Databases.Status().Where(d => d.Region == region.Name)], probe.Dependencies, region.FunctionProcesses,
            region.DynamoDb.ReplicationLag.TotalSeconds);
    }

    private LinkView View(RegionLink link)
    {
        var (name, carries) =
            link == _host.Aurora.Topology.Replication ? ("Database replication", "the writers' logs")
            : link == _host.Aurora.Topology.Clients ? ("Remote writes", "orders to the other Region's writer")
            : link == _host.Parts.Replication ? ("DynamoDB replication", "carts, control table")
            : ("Service calls", "RDS API, reads of the other copy");
        return new LinkView(name, carries, link.Fault.Kind.ToString(), DetailOf(link.Fault));
    }

    private static string DetailOf(LinkFault fault) => fault.Kind switch
    {
        LinkFaultKind.Pass => "passes",
        LinkFaultKind.Refuse => "refuses new connections",
        LinkFaultKind.Cut => "cut",
        LinkFaultKind.Blackhole => "silent",
        LinkFaultKind.Delay => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{fault.Delay.TotalSeconds:0.#} s slower"),
        LinkFaultKind.Reset => "resets connections",
        LinkFaultKind.HalfOpen => "silent in one direction",
        LinkFaultKind.CutAfter => $"cut after {fault.Bytes} B",
        LinkFaultKind.CutAtAnswer => "cut at an answer",
        LinkFaultKind.Throttle => $"limited to {fault.BytesPerSecond} B/s",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "Not a fault of a link."),
    };

    private static string? Text(System.Text.Json.JsonElement details, string name) =>
        details.TryGetProperty(name, out var value) && value.ValueKind == System.Text.Json.JsonValueKind.String ? value.GetString() : null;

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number) : null;
}
