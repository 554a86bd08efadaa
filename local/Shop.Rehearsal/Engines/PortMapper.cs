using System.Net.Sockets;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary><c>epmd</c>, which an Erlang node registers with, as a child like all others.</summary>
internal sealed class PortMapper(EngineHost host, string name) : Engine(host, name)
{
    protected override Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken) => Task.FromResult(new ChildCommand
    {
        Name = Name,
        File = Programs.Find("epmd"),
        Arguments = ["-port", $"{port}", "-address", "127.0.0.1"],
        LogFile = Host.Folder.LogFor(Name),
    });

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port, cancellationToken);
        // NAMES_REQ: two bytes of length and the letter n. The answer begins with the port mapper's own port.
        await client.GetStream().WriteAsync(new byte[] { 0, 1, (byte)'n' }, cancellationToken);
        var port = new byte[4];
        await client.GetStream().ReadExactlyAsync(port, cancellationToken);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(port) == Port;
    }
}
