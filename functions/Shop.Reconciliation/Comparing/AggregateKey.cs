namespace Shop.Reconciliation.Comparing;

/// <summary>The business key of an aggregate: the text of each key column.</summary>
public sealed record AggregateKey(IReadOnlyList<string> Parts)
{
    public bool Equals(AggregateKey? other) => other is not null && Parts.SequenceEqual(other.Parts, StringComparer.Ordinal);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in Parts)
        {
            hash.Add(part, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    /// <summary>An order that does not depend on a server's collation.</summary>
    public static IComparer<AggregateKey> Ordinal { get; } = Comparer<AggregateKey>.Create(Compare);

    public override string ToString() => string.Join('/', Parts);

    private static int Compare(AggregateKey a, AggregateKey b)
    {
        for (var i = 0; i < Math.Min(a.Parts.Count, b.Parts.Count); i++)
        {
            if (string.CompareOrdinal(a.Parts[i], b.Parts[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return a.Parts.Count.CompareTo(b.Parts.Count);
    }
}
