using Shop.Rehearsal.Engines;

namespace Shop.Rehearsal.Aurora;

/// <summary>Tells the replication lag by comparing positions, so that it writes nothing into the databases it watches.</summary>
internal sealed class LagMonitor(uint domain, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _one = new(1, 1);

    // When the writer was first seen at or beyond a sequence number that the reader may not have yet.
    private readonly Queue<(long Sequence, DateTimeOffset SeenAt)> _seen = new();
    private readonly Dictionary<MariaDbServer, Task> _asked = [];
    private volatile ReplicationLag _last = new("", "", 0, TimeSpan.Zero, DateTimeOffset.MinValue);

    public ReplicationLag Last => _last;

    /// <summary>Starts anew with another writer.</summary>
    public void Reset()
    {
        lock (_seen)
        {
            _seen.Clear();
            _last = new ReplicationLag("", "", 0, TimeSpan.Zero, time.GetUtcNow());
        }
    }

    public async Task<ReplicationLag> SampleAsync(MariaDbServer? writer, MariaDbServer? reader, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            // The reader first: what it has then, the writer has too, and the lag can't come out negative.
            var readerPosition = await AskAsync(reader, "SELECT @@GLOBAL.gtid_slave_pos", cancellationToken);
            var writerPosition = await AskAsync(writer, "SELECT @@GLOBAL.gtid_current_pos", cancellationToken);
            return Update(writerPosition, readerPosition ?? _last.ReaderPosition);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private ReplicationLag Update(string? writerPosition, string readerPosition)
    {
        lock (_seen)
        {
            var now = time.GetUtcNow();
            var seenAt = writerPosition is null ? _last.WriterSeenAt : now;
            var written = Gtid.Sequence(writerPosition ?? _last.WriterPosition, domain);
            var read = Gtid.Sequence(readerPosition, domain);
            if (writerPosition is not null && written > Gtid.Sequence(_last.WriterPosition, domain))
            {
                _seen.Enqueue((written, now));
            }

            while (_seen.TryPeek(out var oldest) && oldest.Sequence <= read)
            {
                _seen.Dequeue();
            }

            // A writer that is gone writes nothing: its reader falls no further behind.
            var lag = _seen.TryPeek(out var waiting) ? seenAt - waiting.SeenAt : TimeSpan.Zero;
            return _last = new ReplicationLag(writerPosition ?? _last.WriterPosition, readerPosition, Math.Max(0, written - read), lag, seenAt);
        }
    }

    /// <summary>
    /// Waits a second at most, without a token for the driver: one that fires as the server dies makes it throw on the timer's thread, which ends the host. A
    /// question that is left behind so ends by the driver's own limit; until then its server is not asked another one.
    /// </summary>
    private async Task<string?> AskAsync(MariaDbServer? server, string question, CancellationToken cancellationToken)
    {
        if (server is not { IsRunning: true } || (_asked.TryGetValue(server, out var before) && !before.IsCompleted))
        {
            return null;
        }

        var asked = server.ScalarAsync<string>(question, CancellationToken.None);
        _asked[server] = asked;
        try
        {
            return await asked.WaitAsync(AnswerLimit, cancellationToken) ?? "";
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Killed, hung or restarting: as good as not there.
            return null;
        }
    }
}
