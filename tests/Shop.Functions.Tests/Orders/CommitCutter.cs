using System.Net;
using System.Net.Sockets;

namespace Shop.Functions.Tests.Orders;

/// <summary>A line to a database that breaks at the first COMMIT: after it went through, or before.</summary>
internal sealed class CommitCutter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _port;
    private readonly bool _deliver;
    private readonly Task _accepting;
    private int _cuts;

    public CommitCutter(int port, bool deliver)
    {
        (_port, _deliver) = (port, deliver);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Endpoint => _listener.LocalEndpoint.ToString()!;

    public int Cuts => _cuts;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        finally
        {
            await Task.WhenAll(serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
            var (up, down) = (client.GetStream(), server.GetStream());
            var back = down.CopyToAsync(up, _stop.Token);
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await up.ReadAsync(buffer, _stop.Token)) > 0)
            {
                if (IsCommit(buffer.AsSpan(0, read)) && Interlocked.CompareExchange(ref _cuts, 1, 0) == 0)
                {
                    await CutAsync(client, down, buffer.AsMemory(0, read), back);
                    return;
                }

                await down.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
    }

    private async Task CutAsync(TcpClient client, NetworkStream server, ReadOnlyMemory<byte> commit, Task back)
    {
        client.Close();
        if (_deliver)
        {
            await server.WriteAsync(commit, _stop.Token);
            // It ends when the server's answer finds nobody to go to: then the server has committed.
            await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsCommit(ReadOnlySpan<byte> packet) => packet.Length < 32 && packet.IndexOf("commit"u8) >= 0;
}
