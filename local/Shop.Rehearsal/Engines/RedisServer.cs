using System.Net.Sockets;
using System.Text;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>A <c>redis-server</c> that keeps everything in memory.</summary>
public sealed class RedisServer : Engine
{
    private RedisServer(EngineHost host, string name)
        : base(host, name)
    {
    }

    public string Endpoint => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync(EngineHost host, string name, CancellationToken cancellationToken = default)
    {
        var server = new RedisServer(host, name);
        await server.StartAsync(cancellationToken);
        return server;
    }

    protected override Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(DataDirectory);
        return Task.FromResult(new ChildCommand
        {
            Name = Name,
            File = Programs.TryFind("redis-server") ?? LinkToServer(),
            Arguments = [
                "--port", $"{port}", "--bind", "127.0.0.1", "--dir", DataDirectory, "--daemonize", "no",
                "--save", "", "--appendonly", "no", "--logfile", ""],
            LogFile = Host.Folder.LogFor(Name),
            DataDirectory = DataDirectory,
        });
    }

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var answer = new byte[7];
        await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
        return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
    }

    /// <summary>Without its service package, Redis is one program that acts by the name it is called by.</summary>
    private string LinkToServer()
    {
        var link = Path.Combine(DataDirectory, "redis-server");
        if (!File.Exists(link))
        {
            File.CreateSymbolicLink(link, Programs.Find("redis-check-rdb"));
        }

        return link;
    }
}
