using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Shop.Rehearsal.Links;

/// <summary>One direction of a connection: reads at once, writes when the link lets it through.</summary>
/// <remarks>
/// Each chunk is due at its own time. Sleeping between reads instead would turn a delay into a limit of one chunk per delay.
/// </remarks>
internal sealed class LinkDirection(Socket from, Socket to, LinkState state, LinkCounters counters, bool forth)
{
    private const int ChunkSize = 16 * 1024;
    private const int ChunksOnTheWay = 64;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Channel<(ReadOnlyMemory<byte> Bytes, TimeSpan SentAt)> _onTheWay =
        Channel.CreateBounded<(ReadOnlyMemory<byte>, TimeSpan)>(new BoundedChannelOptions(ChunksOnTheWay) { SingleReader = true, SingleWriter = true });

    private long _carried;

    public async Task RunAsync(CancellationTokenSource reset)
    {
        await Task.WhenAll(ReadAsync(reset.Token), WriteOrResetAsync(reset));
    }

    private async Task WriteOrResetAsync(CancellationTokenSource reset)
    {
        try
        {
            await WriteAsync(reset.Token);
        }
        catch
        {
            // Neither reading nor the other direction has anybody to talk to any more.
            await reset.CancelAsync();
            throw;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            var buffer = new byte[ChunkSize];
            while (await from.ReceiveAsync(buffer, cancellationToken) is var read and > 0)
            {
                await _onTheWay.Writer.WriteAsync((buffer.AsMemory(0, read).ToArray(), _clock.Elapsed), cancellationToken);
            }
        }
        catch (SocketException exception)
        {
            // A reset travels like everything else: nobody learns of it while the link is silent.
            failure = exception;
        }
        finally
        {
            _onTheWay.Writer.TryComplete(failure);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (bytes, sentAt) in _onTheWay.Reader.ReadAllAsync(cancellationToken))
            {
                await PassAsync(sentAt, cancellationToken);
                await SendAsync(UpToTheCut(bytes), cancellationToken);
                BreakIfDue(bytes);
            }
        }
        catch (SocketException)
        {
            await PassAsync(_clock.Elapsed, cancellationToken);
            throw;
        }

        await PassAsync(_clock.Elapsed, cancellationToken);
        to.Shutdown(SocketShutdown.Send);
    }

    private Task PassAsync(TimeSpan sentAt, CancellationToken cancellationToken) =>
        state.PassAsync(sentAt, forth, () => _clock.Elapsed, counters.Disturb, cancellationToken);

    private ReadOnlyMemory<byte> UpToTheCut(ReadOnlyMemory<byte> bytes) => state.Fault switch
    {
        { Kind: LinkFaultKind.Reset } => default,
        { Kind: LinkFaultKind.CutAfter } fault => bytes[..(int)Math.Clamp(fault.Bytes - _carried, 0, bytes.Length)],
        { Kind: LinkFaultKind.CutAtAnswer } fault when !forth && bytes.Span.IndexOf(fault.Answer.Span) >= 0 => default,
        _ => bytes,
    };

    private void BreakIfDue(ReadOnlyMemory<byte> bytes)
    {
        var isDue = state.Fault switch
        {
            { Kind: LinkFaultKind.Reset } => true,
            { Kind: LinkFaultKind.CutAfter } fault => _carried >= fault.Bytes,
            { Kind: LinkFaultKind.CutAtAnswer } fault => !forth && bytes.Span.IndexOf(fault.Answer.Span) >= 0,
            _ => false,
        };
        if (isDue)
        {
            counters.Disturb();
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            // A tenth of a second's worth at most, so that a changed limit is felt soon.
            var rate = state.Fault.BytesPerSecond;
            var part = rate > 0 ? (int)Math.Clamp(rate / 10, 1, bytes.Length) : bytes.Length;
            await SendAllAsync(bytes[..part], cancellationToken);
            bytes = bytes[part..];
            if (rate > 0)
            {
                counters.Disturb();
                await Task.Delay(TimeSpan.FromSeconds((double)part / rate), cancellationToken);
            }
        }
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var sent = await to.SendAsync(bytes, cancellationToken);
            _carried += sent;
            if (forth)
            {
                counters.AddForth(sent);
            }
            else
            {
                counters.AddBack(sent);
            }

            bytes = bytes[sent..];
        }
    }
}
