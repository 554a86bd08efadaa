using System.Net;
using System.Net.Sockets;

namespace Shop.Rehearsal.Tests.Links;

/// <summary>Says its name to whoever connects, then sends back what it gets until the client has said all.</summary>
internal sealed class EchoServer : IDisposable
{
    private readonly string _name;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public EchoServer(string name = "")
    {
        _name = name;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = EchoAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(_name));
                await stream.CopyToAsync(stream);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (IOException)
            {
                // The link was cut, which is what these tests do.
            }
        }
    }
}
