using System.Globalization;
using System.Text;

namespace Shop.Rehearsal.S3;

/// <summary>
/// Reads a body in the <c>aws-chunked</c> coding: <c>size[;chunk-signature=…]</c>, the bytes, and so on until a chunk of size 0, then trailers.
/// Signatures and checksums are not checked: nothing here is secret, and TCP does not lose bytes.
/// </summary>
internal sealed class AwsChunkedStream(Stream body) : Stream
{
    private const int MaxLine = 4096;
    private readonly BufferedStream _body = new(body, 64 * 1024);
    private long _left;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !_ended)
        {
            await NextChunkAsync(cancellationToken);
        }

        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var read = await _body.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        if (read == 0)
        {
            throw Incomplete();
        }

        _left -= read;
        if (_left == 0 && await LineAsync(cancellationToken) is not "")
        {
            throw S3Exception.Invalid("A chunk is longer than it says.");
        }

        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task NextChunkAsync(CancellationToken cancellationToken)
    {
        var size = (await LineAsync(cancellationToken)).Split(';', 2)[0];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left) || _left < 0)
        {
            throw S3Exception.Invalid($"'{size}' is no size of a chunk.");
        }

        if (_left > 0)
        {
            return;
        }

        _ended = true;
        // Trailers: the checksum, perhaps its signature.
        while (await LineAsync(cancellationToken, atEnd: true) is not "")
        {
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken, bool atEnd = false)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < MaxLine)
        {
            if (await _body.ReadAsync(one, cancellationToken) == 0)
            {
                return atEnd ? line.ToString() : throw Incomplete();
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw S3Exception.Invalid("A line of the aws-chunked coding is too long.");
    }

    private static S3Exception Incomplete() => new(400, "IncompleteBody", "The request body terminated unexpectedly");
}
