using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shop.Lambda.Tests;

/// <summary>A Runtime API that answers the polls by script, byte for byte, and closes the connection after each answer.</summary>
internal sealed class ScriptedRuntimeApi : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Queue<string> _polls;

    public ScriptedRuntimeApi(params string[] polls)
    {
        _polls = new Queue<string>(polls);
        _listener.Start();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/") };
        _ = Task.Run(ServeAsync);
    }

    public HttpClient Http { get; }

    public List<string> Posts { get; } = [];

    public TaskCompletionSource Exhausted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static string Invocation(string body, string headers = "") =>
        $"HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: r1\r\n{headers}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n" +
        $"1\r\n{body[0]}\r\n{body.Length - 1:x}\r\n{body[1..]}\r\n0\r\n\r\n";

    public void Dispose()
    {
        _listener.Dispose();
        Http.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            await using var stream = client.GetStream();
            var request = await ReadAsync(stream);
            var answer = "HTTP/1.1 202 Accepted\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            if (request.StartsWith("POST", StringComparison.Ordinal))
            {
                Posts.Add(request);
            }
            else if (!_polls.TryDequeue(out answer!))
            {
                // The listener is gone before the connection: whoever polls again finds nobody.
                _listener.Stop();
                Exhausted.SetResult();
                return;
            }

            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0)
                break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        var length = request[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || request.Length - end - 4 >= int.Parse(length.Split(':')[1]);
    }
}
