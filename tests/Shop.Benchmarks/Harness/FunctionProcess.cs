using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shop.Benchmarks.Harness;

/// <summary>
/// A function's process behind a Runtime API that costs next to nothing: one socket, read and written by the measuring thread itself, so that what is
/// timed is the function.
/// </summary>
internal sealed class FunctionProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Accepted = Encoding.ASCII.GetBytes("HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"OK\"}");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly long _started;
    private readonly byte[] _buffer = new byte[2 * 1024 * 1024];
    private Socket? _socket;
    private int _end;

    private FunctionProcess(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        _listener.Start();
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // What Lambda gives a function, and nothing of this process's own.
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = "bench";
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"{_listener.LocalEndpoint}";
        _started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the process. The clock of <see cref="SinceStart"/> starts just before.</summary>
    public static FunctionProcess Start(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        new(file, arguments, environment);

    /// <summary>Milliseconds since the process was asked for.</summary>
    public double SinceStart => Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    /// <summary>Milliseconds from the start to the first poll.</summary>
    public double Initialised { get; private set; }

    public double PeakMemory => Machine.PeakMemory(_process.Id) ?? throw Failed("is gone");

    /// <summary>Waits for the poll, hands the event over and waits for the answer.</summary>
    /// <returns>Microseconds from the event sent to the answer read.</returns>
    public double Invoke(byte[] albEvent, out string answer)
    {
        Poll();
        var sent = Stopwatch.GetTimestamp();
        _socket!.Send(albEvent);
        var (line, body) = Read();
        var took = Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
        answer = body;
        _socket.Send(Accepted);
        return line.Contains("/response ", StringComparison.Ordinal) ? took : throw Failed($"answered {line} {body}");
    }

    /// <summary>The answer to <c>GET /next</c> that carries an event.</summary>
    public static byte[] Invocation(string payload)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        var deadline = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds();
        var head = Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n"
            + $"Lambda-Runtime-Deadline-Ms: {deadline}\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:000000000000:function:bench\r\n"
            + $"Lambda-Runtime-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit();
        _process.Dispose();
        _socket?.Dispose();
        _listener.Dispose();
    }

    private void Poll()
    {
        if (_socket is null)
        {
            if (!_listener.Server.Poll(Limit, SelectMode.SelectRead))
            {
                throw Failed("did not poll in time");
            }

            _socket = _listener.AcceptSocket();
            _socket.NoDelay = true;
            _socket.ReceiveTimeout = (int)Limit.TotalMilliseconds;
        }

        var (line, body) = Read();
        Initialised = Initialised > 0 ? Initialised : SinceStart;
        if (!line.StartsWith("GET ", StringComparison.Ordinal))
        {
            throw Failed($"did not poll but sent {line} {body}");
        }
    }

    /// <summary>Reads one request. A client that sends the next one early has to wait: what is left over stays in the buffer.</summary>
    private (string Line, string Body) Read()
    {
        while (true)
        {
            var head = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8);
            if (head >= 0)
            {
                var text = Encoding.ASCII.GetString(_buffer, 0, head);
                var length = LengthOf(text);
                while (_end < head + 4 + length)
                {
                    Receive();
                }

                var body = Encoding.UTF8.GetString(_buffer, head + 4, length);
                var total = head + 4 + length;
                _buffer.AsSpan(total, _end - total).CopyTo(_buffer);
                _end -= total;
                return (text[..text.IndexOf('\r', StringComparison.Ordinal)], body);
            }

            Receive();
        }
    }

    private static int LengthOf(string head)
    {
        const string header = "\r\nContent-Length:";
        var at = head.IndexOf(header, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(head[(at + header.Length)..].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private void Receive()
    {
        int read;
        try
        {
            read = _socket!.Receive(_buffer, _end, _buffer.Length - _end, SocketFlags.None);
        }
        catch (SocketException e)
        {
            throw Failed($"did not answer ({e.SocketErrorCode})");
        }

        _end += read > 0 ? read : throw Failed("hung up");
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private BenchException Failed(string what)
    {
        lock (_output)
        {
            return new BenchException($"The function {what}. It said:\n{_output}");
        }
    }
}
