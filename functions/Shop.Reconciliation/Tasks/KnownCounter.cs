using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Tasks;

/// <summary>Gathers what is found in one range, with the rows that it has on each side.</summary>
internal sealed class KnownCounter(int tables)
{
    private readonly List<AggregateKey> _keys = [];
    private readonly long[] _source = new long[tables];
    private readonly long[] _target = new long[tables];

    public KnownDifferences Known => new(_keys, _source, _target);

    public void Add(Difference difference)
    {
        _keys.Add(difference.Key);
        Count(_source, difference.Source);
        Count(_target, difference.Target);
    }

    private static void Count(long[] rows, Aggregate? aggregate)
    {
        rows[0] += aggregate?.Root is null ? 0 : 1;
        for (var i = 0; i < (aggregate?.Children.Count ?? 0); i++)
        {
            rows[i + 1] += aggregate!.Children[i].Rows.Count;
        }
    }
}
