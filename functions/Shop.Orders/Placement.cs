using Shop.Contracts;

namespace Shop.Orders;

/// <summary>What became of a request to place an order.</summary>
internal abstract record Placement
{
    /// <summary>This request has written it.</summary>
    public sealed record Placed(Order Order) : Placement;

    /// <summary>An earlier request with the same key and content has.</summary>
    public sealed record Replayed(Order Order) : Placement;

    /// <summary>An earlier request has used the key for something else.</summary>
    public sealed record Mismatched(Guid Id) : Placement;

    /// <summary>The catalog has other prices or names; nothing was written.</summary>
    public sealed record Disagreed(IReadOnlyDictionary<string, string[]> Differences) : Placement;

    /// <summary>The commit was not answered and the order can't be read back: ask again with the same key.</summary>
    public sealed record Unknown(Guid Id) : Placement;
}
