namespace Shop.Rehearsal.DynamoDb;

/// <summary>One writer at a time for each item. Locks are shared by hash and always taken in the same order, so that batches can't block each other.</summary>
internal sealed class KeyLocks : IDisposable
{
    private readonly SemaphoreSlim[] _stripes = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async Task<Releaser> AcquireAsync(IEnumerable<ItemKey> keys, CancellationToken cancellationToken)
    {
        var taken = new List<SemaphoreSlim>();
        try
        {
            foreach (var index in keys.Select(k => (int)((uint)k.GetHashCode() % (uint)_stripes.Length)).Distinct().Order())
            {
                await _stripes[index].WaitAsync(cancellationToken);
                taken.Add(_stripes[index]);
            }

            return new Releaser(taken);
        }
        catch
        {
            new Releaser(taken).Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var stripe in _stripes)
        {
            stripe.Dispose();
        }
    }

    internal readonly struct Releaser(List<SemaphoreSlim> taken) : IDisposable
    {
        public void Dispose() => taken.ForEach(s => s.Release());
    }
}
