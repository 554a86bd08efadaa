using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Shop.Lambda.Runtime;

/// <summary>Reads HTTP/1.1 answers off a socket: by length, in chunks, or to the end of the connection.</summary>
internal sealed class HttpAnswerReader
{
    // Lambda's payloads have at most 6 MB; a head or a chunk's size line of more than this is no HTTP.
    private const int MaximumHead = 64 * 1024;
    private const int MaximumBody = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private byte[] _body = [];
    private int _start;
    private int _end;

    /// <summary>A byte of the answer has arrived: the request was received, and must not be sent again.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The connection may be used for the next call.</summary>
    public bool KeepsConnection { get; private set; }

    /// <summary>Forgets what a former connection has left.</summary>
    public void Start() => (_start, _end, HasBegun, KeepsConnection) = (0, 0, false, false);

    public RuntimeApiAnswer Read(Socket socket)
    {
        while (true)
        {
            var length = Find(socket, "\r\n\r\n"u8);
            var head = ReadHead(_buffer.AsSpan(_start, length));
            _start += length + 4;
            // 100 Continue and its like announce an answer, they are none.
            if (head.Status is >= 100 and < 200)
                continue;
            var body = ReadBody(socket, head);
            KeepsConnection = !head.Closes && (head.IsChunked || head.Length >= 0);
            return new RuntimeApiAnswer(head.Status, body, head.Headers);
        }
    }

    private ReadOnlyMemory<byte> ReadBody(Socket socket, Head head)
    {
        if (head.IsChunked)
            return ReadChunks(socket);
        if (head.Status is 204 or 304)
            return default;
        if (head.Length < 0)
            return ReadToEnd(socket);
        return Take(socket, head.Length);
    }

    private ReadOnlyMemory<byte> ReadToEnd(Socket socket)
    {
        while (Fill(socket))
            if (_end - _start > MaximumBody)
                throw Invalid("a body without an end");
        return _buffer.AsMemory(_start, _end - _start);
    }

    private ReadOnlyMemory<byte> ReadChunks(Socket socket)
    {
        var total = 0;
        while (true)
        {
            var line = Find(socket, "\r\n"u8);
            var size = ReadChunkSize(_buffer.AsSpan(_start, line));
            _start += line + 2;
            if (size == 0)
                break;
            if (size > MaximumBody - total)
                throw Invalid("a body of more than 64 MB");
            var chunk = Take(socket, size);
            if (_body.Length < total + size)
                Array.Resize(ref _body, Math.Max(total + size, _body.Length * 2));
            chunk.CopyTo(_body.AsMemory(total));
            total += size;
            ExpectLineEnd(socket);
        }

        // Trailers end with an empty line.
        for (var line = -1; line != 0; _start += line + 2)
            line = Find(socket, "\r\n"u8);
        return _body.AsMemory(0, total);
    }

    private void ExpectLineEnd(Socket socket)
    {
        var end = Take(socket, 2);
        if (!end.Span.SequenceEqual("\r\n"u8))
            throw Invalid("a chunk that is longer than it says");
    }

    /// <summary>The next bytes, valid until the buffer is filled again.</summary>
    private ReadOnlyMemory<byte> Take(Socket socket, int length)
    {
        while (_end - _start < length)
            if (!Fill(socket))
                throw Ended();
        var taken = _buffer.AsMemory(_start, length);
        _start += length;
        return taken;
    }

    private int Find(Socket socket, ReadOnlySpan<byte> mark)
    {
        while (true)
        {
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf(mark);
            if (at >= 0)
                return at;
            if (_end - _start > MaximumHead)
                throw Invalid("a head without an end");
            if (!Fill(socket))
                throw Ended();
        }
    }

    private bool Fill(Socket socket)
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        if (_end == _buffer.Length)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            else
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }

        var read = socket.Receive(_buffer.AsSpan(_end), SocketFlags.None);
        _end += read;
        HasBegun |= read > 0;
        return read > 0;
    }

    private static Head ReadHead(ReadOnlySpan<byte> text)
    {
        var line = text.IndexOf("\r\n"u8) is >= 0 and var end ? text[..end] : text;
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[8] != ' ' || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) || digits != 3)
            throw Invalid("no HTTP");
        var head = new Head { Status = status, Length = -1, Closes = line[7] == '0' };
        var rest = text[Math.Min(line.Length + 2, text.Length)..];
        while (!rest.IsEmpty)
        {
            var next = rest.IndexOf("\r\n"u8);
            line = next < 0 ? rest : rest[..next];
            rest = next < 0 ? default : rest[(next + 2)..];
            if (line.IndexOf((byte)':') is > 0 and var colon)
                head.Take(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
        }

        return head;
    }

    private static int ReadChunkSize(ReadOnlySpan<byte> line)
    {
        var digits = line.IndexOf((byte)';') is >= 0 and var end ? line[..end] : line;
        return Utf8Parser.TryParse(digits.Trim(" \t"u8), out int size, out var used, 'x') && used > 0 && used == digits.Trim(" \t"u8).Length && size >= 0
            ? size
            : throw Invalid("a chunk without a size");
    }

    private HttpRequestException Ended() => new(
        HttpRequestError.ResponseEnded, HasBegun ? "The Runtime API hung up in the middle of an answer." : "The Runtime API hung up.");

    private static HttpRequestException Invalid(string what) => new(HttpRequestError.InvalidResponse, $"The Runtime API sent {what}.");

    private struct Head
    {
        public int Status;
        public int Length;
        public bool IsChunked;
        public bool Closes;
        public RuntimeApiHeaders Headers;

        public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
                Length = Utf8Parser.TryParse(value, out int length, out var used) && used == value.Length && length is >= 0 and <= MaximumBody
                    ? length
                    : throw Invalid("a Content-Length that is none");
            else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
                IsChunked = Ascii.EqualsIgnoreCase(value, "chunked"u8) ? true : throw Invalid("a body in an unknown encoding");
            else if (Ascii.EqualsIgnoreCase(name, "Connection"u8))
                Closes |= Ascii.EqualsIgnoreCase(value, "close"u8);
            else
                Headers.Take(name, value);
        }
    }
}
