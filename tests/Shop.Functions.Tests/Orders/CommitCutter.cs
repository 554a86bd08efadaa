using System.Net;
using System.Net.Sockets;
using Shop.Functions.Tests.Edges;

namespace Shop.Functions.Tests.Orders;

/// <summary>A line to a database that breaks at the first COMMIT: after it went through, or before.</summary>
internal sealed class CommitCutter(int port, bool deliver) : Relay
{
    private int _cuts;

    public int Cuts => _cuts;

    protected override async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, port, Stopping);
            var (up, down) = (client.GetStream(), server.GetStream());
            var back = down.CopyToAsync(up, Stopping);
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await up.ReadAsync(buffer, Stopping)) > 0)
            {
                if (IsCommit(buffer.AsSpan(0, read)) && Interlocked.CompareExchange(ref _cuts, 1, 0) == 0)
                {
                    await CutAsync(client, down, buffer.AsMemory(0, read), back);
                    return;
                }

                await down.WriteAsync(buffer.AsMemory(0, read), Stopping);
            }
        }
    }

    private async Task CutAsync(TcpClient client, NetworkStream server, ReadOnlyMemory<byte> commit, Task back)
    {
        client.Close();
        if (deliver)
        {
            await server.WriteAsync(commit, Stopping);
            // It ends when the server's answer finds nobody to go to: then the server has committed.
            await back.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static bool IsCommit(ReadOnlySpan<byte> packet) => packet.Length < 32 && packet.IndexOf("commit"u8) >= 0;
}
