using System.IO.Pipelines;

namespace Shop.Lambda.Alb;

/// <summary>Holds an answer until it is whole. Stream and pipe write to the same place, so that <c>Response.Clear()</c> empties both.</summary>
internal sealed class ResponseBuffer : Stream
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    public ResponseBuffer() => Writer = new BufferWriter(this);

    public PipeWriter Writer { get; }

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => SetLength(value);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, _length);
        _length = (int)value;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer.CopyTo(Room(buffer.Length).Span);
        _length += buffer.Length;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    private Memory<byte> Room(int size)
    {
        if (_bytes.Length - _length < Math.Max(size, 1))
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + size));
        return _bytes.AsMemory(_length);
    }

    private sealed class BufferWriter(ResponseBuffer buffer) : PipeWriter
    {
        public override bool CanGetUnflushedBytes => true;

        public override long UnflushedBytes => 0;

        public override void Advance(int bytes) => buffer._length += bytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => buffer.Room(Math.Max(sizeHint, 256));

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => new(default(FlushResult));

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
