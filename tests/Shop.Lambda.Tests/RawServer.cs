using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shop.Lambda.Tests;

/// <summary>A server that answers each request on a connection by the next script: pieces of bytes, and then it keeps the connection or hangs up.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Queue<Script> _scripts;
    private readonly Task _serving;

    public RawServer(params Script[] scripts)
    {
        _scripts = new Queue<Script>(scripts);
        _listener.Start();
        Address = _listener.LocalEndpoint.ToString()!;
        _serving = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public List<string> Requests { get; } = [];

    public int Connections { get; private set; }

    public static Script Keep(params string[] pieces) => new([.. pieces.Select(Encoding.UTF8.GetBytes)], HangsUp: false);

    public static Script HangUp(params string[] pieces) => new([.. pieces.Select(Encoding.UTF8.GetBytes)], HangsUp: true);

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        while (_scripts.Count > 0)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            Connections++;
            client.NoDelay = true;
            await using var stream = client.GetStream();
            while (_scripts.Count > 0 && await ReadAsync(stream) is { } request)
            {
                Requests.Add(request);
                var script = _scripts.Dequeue();
                foreach (var piece in script.Pieces)
                {
                    await stream.WriteAsync(piece);
                    // Lets the reader wake up on each piece.
                    await Task.Yield();
                }

                if (script.HangsUp)
                    break;
                if (_scripts.Count == 0)
                    // Whoever still reads must not meet the end of the connection first.
                    await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    private static async Task<string?> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var end = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var length = text.ToString()[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                if (length is null || text.Length - end - 4 >= int.Parse(length.Split(':')[1]))
                    return text.ToString();
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                return null;
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    internal sealed record Script(byte[][] Pieces, bool HangsUp);
}
