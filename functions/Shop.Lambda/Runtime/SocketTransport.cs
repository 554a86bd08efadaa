using System.Net.Sockets;
using System.Text;

namespace Shop.Lambda.Runtime;

/// <summary>The Runtime API over one kept connection, with one buffer for each direction: an invocation costs no more than it must.</summary>
/// <remarks>
/// It waits in the socket, not beside it: of the threads of a function one waits for work anyway, and handing each message from the poller's thread to a
/// worker's costs more than all the rest of an invocation. <see cref="ReserveThread"/> makes up for the one.
///
/// A connection that the other side has closed meanwhile (a sandbox may be frozen for hours between two calls) is opened anew, once, and the call sent
/// again. That is harmless for an answer too: of two with the same request id the service takes one and refuses the other by 400 or 403.
/// </remarks>
internal sealed class SocketTransport : IRuntimeApiTransport, IDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly string _head;
    private readonly string _getTail;
    private readonly HttpAnswerReader _reader = new();
    private byte[] _out = new byte[8 * 1024];
    private Socket? _socket;

    /// <param name="address">Host and port, and locally a path below which the API lies.</param>
    public SocketTransport(string address, string userAgent)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? address : address[..slash];
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(authority.AsSpan(colon + 1), out var port))
            throw new InvalidOperationException($"AWS_LAMBDA_RUNTIME_API is '{address}'; expected host:port.");
        (_host, _port) = (authority[..colon].Trim('[', ']'), port);
        _head = $"{(slash < 0 ? "" : address[slash..].TrimEnd('/'))}/{RuntimeApiClient.Version}";
        _getTail = $" HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: {userAgent}\r\n";
    }

    public ValueTask<RuntimeApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Send(WriteHead("GET ", path, "\r\n"), default, cancellationToken));

    public ValueTask<RuntimeApiAnswer> PostAsync(RuntimeApiPost post, CancellationToken cancellationToken)
    {
        var headers = $"Content-Type: {post.ContentType}\r\nContent-Length: {post.Body.Length}\r\n";
        if (post.ErrorType is not null)
            headers += $"{RuntimeApiClient.ErrorTypeHeader}: {OneLine(post.ErrorType)}\r\n";
        if (post.ErrorCause is not null)
            headers += $"{RuntimeApiClient.ErrorCauseHeader}: {OneLine(post.ErrorCause)}\r\n";
        var head = WriteHead("POST ", post.Path, headers + "\r\n");
        if (head + post.Body.Length > _out.Length)
            return ValueTask.FromResult(Send(head, post.Body, cancellationToken));

        // Small answers leave in one piece: two would cost the other side a second wake-up.
        post.Body.Span.CopyTo(_out.AsSpan(head));
        return ValueTask.FromResult(Send(head + post.Body.Length, default, cancellationToken));
    }

    /// <summary>One thread of the pool is going to wait for work: handlers must have as many as without it.</summary>
    public static void ReserveThread()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(workers + 1, completions);
    }

    public void Dispose() => Close();

    private static string OneLine(string value) => value.ReplaceLineEndings(" ");

    private int WriteHead(string method, string path, string headers)
    {
        var longest = Encoding.UTF8.GetMaxByteCount(method.Length + _head.Length + path.Length + _getTail.Length + headers.Length);
        if (_out.Length < longest)
            _out = new byte[longest];
        var length = 0;
        foreach (var part in (ReadOnlySpan<string>)[method, _head, path, _getTail, headers])
            length += Encoding.UTF8.GetBytes(part, _out.AsSpan(length));
        return length;
    }

    private RuntimeApiAnswer Send(int head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var kept = _socket is not null;
        try
        {
            return Exchange(head, body, cancellationToken);
        }
        catch (HttpRequestException) when (kept && !_reader.HasBegun && !cancellationToken.IsCancellationRequested)
        {
            return Exchange(head, body, cancellationToken);
        }
    }

    private RuntimeApiAnswer Exchange(int head, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isWhole = false;
        _reader.Start();
        try
        {
            var socket = _socket ??= Connect();
            // Whoever waits in the socket is woken by its end.
            using var stopping = cancellationToken.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
            SendAll(socket, _out.AsSpan(0, head));
            SendAll(socket, body.Span);
            var answer = _reader.Read(socket);
            isWhole = _reader.KeepsConnection;
            return answer;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"The Runtime API at {_host}:{_port} can't be reached: {e.Message}", e);
        }
        finally
        {
            if (!isWhole)
                Close();
        }
    }

    private Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(_host, _port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void SendAll(Socket socket, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes, SocketFlags.None)..];
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
