using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Shop.Rehearsal.Links;

/// <summary>One client's connection through a link.</summary>
internal sealed class ProxiedConnection(Socket client, LinkState state, LinkCounters counters) : IDisposable
{
    private readonly CancellationTokenSource _reset = new();
    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public void Reset()
    {
        counters.Disturb();
        _reset.Cancel();
    }

    public async Task RunAsync(Func<IPEndPoint?> target)
    {
        try
        {
            await ConnectAsync(target);
            client.NoDelay = _server.NoDelay = true;
            var forth = new LinkDirection(client, _server, state, counters, forth: true).RunAsync(_reset);
            var back = new LinkDirection(_server, client, state, counters, forth: false).RunAsync(_reset);
            // Both ends first: closing a socket that the other direction still reads from resets it and loses the tail.
            await Task.WhenAll(forth, back);
            Dispose();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Abort(client);
            Abort(_server);
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task ConnectAsync(Func<IPEndPoint?> target)
    {
        var clock = Stopwatch.StartNew();
        await state.PassAsync(TimeSpan.Zero, forth: true, () => clock.Elapsed, counters.Disturb, _reset.Token);
        if (!state.Fault.AdmitsConnections)
        {
            counters.Disturb();
        }

        if (!state.Fault.AdmitsConnections || target() is not { } endpoint)
        {
            throw new SocketException((int)SocketError.ConnectionRefused);
        }

        await _server.ConnectAsync(endpoint, _reset.Token);
    }

    /// <summary>With a reset, not a polite end, as from a machine that is gone.</summary>
    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Already gone, or never connected.
        }

        socket.Dispose();
    }
}
