using System.Net;
using System.Net.Sockets;

namespace Shop.Functions.Tests.Stores;

/// <summary>A port that refuses connections for as long as this lives: bound, but nobody listens.</summary>
public sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Endpoint => _socket.LocalEndPoint!.ToString()!;

    public void Dispose() => _socket.Dispose();
}
