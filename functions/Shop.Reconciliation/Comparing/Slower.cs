namespace Shop.Reconciliation.Comparing;

/// <summary>Two sides sum at their own pace; a range is done when the slower one has it.</summary>
internal sealed class Slower(Action<int>? done)
{
    private readonly Lock _lock = new();
    private int _first;
    private int _second;
    private int _told;

    public void First(int count) => Add(ref _first, count);

    public void Second(int count) => Add(ref _second, count);

    private void Add(ref int side, int count)
    {
        lock (_lock)
        {
            side += count;
            var both = Math.Min(_first, _second);
            if (both > _told)
            {
                done?.Invoke(both - _told);
                _told = both;
            }
        }
    }
}
