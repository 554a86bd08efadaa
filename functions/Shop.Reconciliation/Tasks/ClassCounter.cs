using Shop.Reconciliation.Comparing;

namespace Shop.Reconciliation.Tasks;

/// <summary>Counts differences per class; of the ones that are only counted (<c>extra</c>) it keeps items and money too.</summary>
internal sealed class ClassCounter
{
    private readonly SortedDictionary<string, decimal> _extraMoney = new(StringComparer.Ordinal);

    public int Missing { get; private set; }

    public int Changed { get; private set; }

    public int Resurrected { get; private set; }

    public ExtraCounts Extra { get; private set; } = new(0, 0, 0, []);

    public void Add(Difference difference)
    {
        switch (difference.Class)
        {
            case DifferenceClass.Missing:
                Missing++;
                break;
            case DifferenceClass.Changed:
                Changed++;
                break;
            case DifferenceClass.Resurrected:
                Resurrected++;
                break;
            default:
                AddExtra(difference);
                break;
        }
    }

    private void AddExtra(Difference difference)
    {
        var isNew = difference.Source is null;
        if (isNew && difference.Currency is { } currency)
        {
            _extraMoney[currency] = _extraMoney.GetValueOrDefault(currency) + (difference.TargetAmount ?? 0);
        }

        Extra = new(
            Extra.Created + (isNew ? 1 : 0),
            Extra.Updated + (isNew ? 0 : 1),
            Extra.Items + (isNew ? difference.Items : 0),
            [.. _extraMoney.Select(m => new Money(m.Key, m.Value))]);
    }
}
