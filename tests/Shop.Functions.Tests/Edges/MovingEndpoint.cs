using System.Net;
using System.Net.Sockets;

namespace Shop.Functions.Tests.Edges;

/// <summary>A name that is given to another server: new connections lead there, those that exist stay where they are, as after a change in DNS.</summary>
internal sealed class MovingEndpoint(int port) : Relay
{
    private volatile int _port = port;

    public void MoveTo(int port) => _port = port;

    protected override async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, _port, Stopping);
            var (up, down) = (client.GetStream(), server.GetStream());
            await Task.WhenAny(up.CopyToAsync(down, Stopping), down.CopyToAsync(up, Stopping));
        }
    }
}
