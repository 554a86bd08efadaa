using System.Text.Json.Serialization;

namespace Shop.Reconciliation.Comparing;

/// <summary>What a server says of a range: rows and hash sum per table, the root first.</summary>
public sealed record RangeSum(IReadOnlyList<TableSum> Tables)
{
    [JsonIgnore]
    public long RootRows => Tables[0].Rows;

    [JsonIgnore]
    public long ChildRows => Tables.Skip(1).Sum(t => t.Rows);

    public bool Equals(RangeSum? other) => other is not null && Tables.SequenceEqual(other.Tables);

    public override int GetHashCode() => Tables.Aggregate(0, HashCode.Combine);
}

public sealed record TableSum(long Rows, string Hash);
