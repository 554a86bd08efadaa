using Shop.Rehearsal.Engines;

namespace Shop.Testing.Engines;

/// <summary>Real servers for component tests, started when first asked for, shared by the test assembly, gone with its process.</summary>
public static class TestEngines
{
    private static readonly Lazy<EngineHost> SharedHost = new(CreateHost);
    private static readonly Lazy<Task<MariaDbServer>> SharedMariaDb = new(() => NewMariaDbAsync(readOnly: false));
    private static readonly Lazy<Task<RedisServer>> SharedRedis = new(() => RedisServer.StartAsync(Host, Name("redis")));
    private static readonly Lazy<Task<DynaliteServer>> SharedDynalite = new(() => DynaliteServer.StartAsync(Host, Name("dynalite")));
    private static readonly Lazy<Task<RabbitMqServer>> SharedRabbitMq = new(() => RabbitMqServer.StartAsync(Host, Name("rabbitmq"), [Broker!]));
    private static int _count;

    /// <summary>The virtual host of the shared broker, and its user.</summary>
    public static RabbitMqVirtualHost Broker { get; } = new("shop-test", "shop-test", Guid.CreateVersion7().ToString("N"));

    /// <summary>For tests that start and stop engines of their own.</summary>
    public static EngineHost Host => SharedHost.Value;

    /// <summary>A writable server; see <see cref="TestDatabase"/> for a database of the test's own on it.</summary>
    public static Task<MariaDbServer> MariaDbAsync() => SharedMariaDb.Value;

    public static Task<RedisServer> RedisAsync() => SharedRedis.Value;

    public static Task<DynaliteServer> DynaliteAsync() => SharedDynalite.Value;

    /// <summary>Takes five seconds and more to start.</summary>
    public static Task<RabbitMqServer> RabbitMqAsync() => SharedRabbitMq.Value;

    /// <summary>A server that the test may stop, kill or fence; the test disposes of it.</summary>
    public static Task<MariaDbServer> NewMariaDbAsync(bool readOnly = true, uint serverId = 1) =>
        MariaDbServer.StartAsync(Host, new MariaDbOptions { Name = Name("mariadb"), ServerId = serverId, ReadOnly = readOnly });

    /// <summary>A name that no other engine of this process has.</summary>
    public static string Name(string engine) => $"{engine}-{Interlocked.Increment(ref _count)}";

    private static EngineHost CreateHost()
    {
        var artifacts = Path.Combine(Repository.Root, "artifacts");
        var host = EngineHost.Create(Path.Combine(artifacts, "tests"), Path.Combine(artifacts, "cache"));
        // The servers themselves end with the process; an abandoned test host's folder is removed by the next one.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => host.Dispose();
        return host;
    }
}
