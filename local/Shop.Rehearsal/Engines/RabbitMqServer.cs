using System.Net.Sockets;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>One RabbitMQ node with a virtual host per Region. It takes seconds to boot: start it first and wait for it last.</summary>
public sealed class RabbitMqServer : Engine
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private readonly IReadOnlyList<RabbitMqVirtualHost> _virtualHosts;
    private readonly PortMapper _portMapper;
    private PortLease? _distribution;

    private RabbitMqServer(EngineHost host, string name, IReadOnlyList<RabbitMqVirtualHost> virtualHosts)
        : base(host, name)
    {
        _virtualHosts = virtualHosts;
        _portMapper = new PortMapper(host, $"{name}-epmd");
    }

    public static async Task<RabbitMqServer> StartAsync(
        EngineHost host, string name, IReadOnlyList<RabbitMqVirtualHost> virtualHosts, CancellationToken cancellationToken = default)
    {
        var server = new RabbitMqServer(host, name, virtualHosts);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a client of that virtual host connects, without user and password.</summary>
    public Uri EndpointOf(string virtualHost) => new($"amqp://127.0.0.1:{Port}/{Uri.EscapeDataString(virtualHost)}");

    protected override async Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken)
    {
        // Without a port mapper that answers, the broker starts one as a daemon, which would outlive everything.
        await _portMapper.StartAsync(cancellationToken);
        _distribution?.Dispose();
        _distribution = Host.Ports.Lease();

        PrivateFiles.CreateDirectory(DataDirectory);
        var definitions = InData("definitions.json");
        PrivateFiles.Write(definitions, RabbitMqDefinitions.For(_virtualHosts));
        PrivateFiles.Write(InData("rabbitmq.conf"),
            $"""
            listeners.tcp.default = 127.0.0.1:{port}
            load_definitions = {definitions}
            disk_free_limit.absolute = 50MB
            vm_memory_high_watermark.absolute = 256MB
            log.console = true
            log.console.level = warning
            log.file = false
            """);
        PrivateFiles.Write(InData("enabled_plugins"), "[].");
        return new ChildCommand
        {
            Name = Name,
            File = File.Exists(Program) ? Program : Programs.Find("rabbitmq-server"),
            Environment = Variables(port),
            LogFile = Host.Folder.LogFor(Name),
            DataDirectory = DataDirectory,
        };
    }

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        await client.GetStream().WriteAsync(new byte[] { (byte)'A', (byte)'M', (byte)'Q', (byte)'P', 0, 0, 9, 1 }, cancellationToken);
        var frameType = new byte[1];
        await client.GetStream().ReadExactlyAsync(frameType, cancellationToken);
        return frameType[0] == 1;
    }

    protected override async Task ReleaseAsync()
    {
        await _portMapper.DisposeAsync();
        _distribution?.Dispose();
        _distribution = null;
    }

    private Dictionary<string, string> Variables(int port) => new()
    {
        // Its home holds the cookie by which nodes trust each other.
        ["HOME"] = DataDirectory,
        // Then the start script becomes the broker itself, so that the guard and the signals reach it.
        ["RUNNING_UNDER_SYSTEMD"] = "true",
        ["RABBITMQ_NODENAME"] = $"{Name}@localhost",
        ["RABBITMQ_NODE_PORT"] = $"{port}",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_DIST_PORT"] = $"{_distribution!.Port}",
        ["RABBITMQ_MNESIA_BASE"] = InData("mnesia"),
        ["RABBITMQ_LOG_BASE"] = InData("log"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = InData("enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = InData("rabbitmq.conf"),
        ["RABBITMQ_CONF_ENV_FILE"] = InData("no-such-file"),
        ["RABBITMQ_PID_FILE"] = InData("pid"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = InData("generated"),
        ["ERL_EPMD_PORT"] = $"{_portMapper.Port}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        // One scheduler that sleeps when idle: the machine is shared with everything else.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] =
            "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none +A 8 -kernel inet_dist_use_interface {127,0,0,1}",
    };

    private string InData(string name) => Path.Combine(DataDirectory, name);
}
