using System.Collections.Concurrent;

namespace Shop.Rehearsal.Drill;

/// <summary>What the shoppers know: which order was acknowledged when, under which key, for how much. It shares nothing with the store's code.</summary>
internal sealed class Ledger(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, LedgerEntry> _orders = new();
    private long _failures;

    public IReadOnlyCollection<LedgerEntry> Orders => [.. _orders.Values];

    public IReadOnlyList<LedgerEntry> Acknowledged => [.. _orders.Values.Where(o => o.AcknowledgedAt is not null).OrderBy(o => o.AcknowledgedAt)];

    public int AcknowledgedCount => _orders.Values.Count(o => o.AcknowledgedAt is not null);

    /// <summary>Answers that were neither an acknowledgement nor a page: errors, time-outs, refused connections.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    public event Action<LedgerEntry>? Acknowledgement;

    public LedgerEntry Attempt(Guid orderId, string shopper)
    {
        var entry = _orders.GetOrAdd(orderId, id => new LedgerEntry(id, shopper, time.GetUtcNow()));
        entry.Attempts++;
        return entry;
    }

    public void Acknowledge(LedgerEntry entry, string region)
    {
        if (entry.AcknowledgedAt is not null)
        {
            return;
        }

        entry.Region = region;
        entry.AcknowledgedAt = time.GetUtcNow();
        Acknowledgement?.Invoke(entry);
    }

    public void Fail() => Interlocked.Increment(ref _failures);
}

/// <summary>One intent to buy. <c>OrderId</c> is its idempotency key; it stays the same however often the shopper tries.</summary>
internal sealed class LedgerEntry(Guid orderId, string shopper, DateTimeOffset firstAttemptAt)
{
    public Guid OrderId { get; } = orderId;

    public string Shopper { get; } = shopper;

    public DateTimeOffset FirstAttemptAt { get; } = firstAttemptAt;

    public int Attempts { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public string? Region { get; set; }
}
