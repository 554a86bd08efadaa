using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Hosting;

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

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
