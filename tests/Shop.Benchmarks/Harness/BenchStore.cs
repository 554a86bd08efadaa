using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Benchmarks.Harness;

/// <summary>Both Regions, with the functions that <c>make package</c> made; canaries once a minute, so that they don't disturb.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    private readonly RehearsalHost _host;

    private BenchStore(Workspace workspace, RehearsalHost host)
    {
        Workspace = workspace;
        _host = host;
    }

    public Workspace Workspace { get; }

    /// <summary>Where shoppers come in.</summary>
    public Uri FrontDoor => _host.Store;

    public Uri LoadBalancer => Region.LoadBalancer.Address;

    private LocalRegion Region => _host.Region(_host.ActiveRegion);

    public static async Task<BenchStore> StartAsync(Workspace workspace, Action<string> say, CancellationToken cancellationToken)
    {
        say("starting both Regions");
        var options = new RehearsalOptions { AheadOfTime = true, CanaryInterval = TimeSpan.FromMinutes(1), AlarmIsArmed = false };
        return new BenchStore(workspace, await RehearsalHost.StartAsync(workspace, options, _ => { }, cancellationToken));
    }

    /// <summary>A function as the primary Region has it, with everything in its environment that Lambda would set.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string function)
    {
        var spec = Region.Functions.Single(f => f.Name == function);
        return new Dictionary<string, string>(spec.Environment) { ["_HANDLER"] = spec.Handler, ["DOTNET_gcServer"] = "0", ["TZ"] = ":UTC" };
    }

    public string ProjectOf(string function) => Region.Functions.Single(f => f.Name == function).Project;

    /// <summary>The writer of a database, for whoever goes around the functions.</summary>
    public string ConnectionString(string database) => new MySqlConnector.MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = uint.Parse(EnvironmentOf($"shop-{database}")["DB_WRITER_ENDPOINT"].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture),
        UserID = Accounts.Admin,
        Password = _host.AdminPassword(database),
        Database = database,
        SslMode = MySqlConnector.MySqlSslMode.VerifyFull,
        SslCa = EnvironmentOf($"shop-{database}")["DB_SSL_CA"],
        ConnectionReset = false,
        GuidFormat = MySqlConnector.MySqlGuidFormat.None,
    }.ConnectionString;

    /// <summary>Moves the store to the Region that it is not in.</summary>
    public Execution StartSwitchover() => _host.StartSwitchover(_host.Options.Peer(_host.ActiveRegion), "bench");

    /// <summary>Both secondaries hold all that was committed.</summary>
    public Task SettledAsync(TimeSpan patience, CancellationToken cancellationToken) => _host.CaughtUpAsync(patience, cancellationToken);

    /// <summary>How many of these orders the active Region doesn't hold.</summary>
    public async Task<int> MissingAsync(IReadOnlyCollection<Guid> orders, CancellationToken cancellationToken)
    {
        var kept = (await _host.OrdersAsync(_host.ActiveRegion, "synthetic", cancellationToken)).Select(o => o.Id).ToHashSet();
        return orders.Count(o => !kept.Contains(o));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
