namespace Shop.Carts;

internal abstract record AddOutcome
{
    public sealed record Added(CartLine Line) : AddOutcome;

    /// <summary>The line would hold more than <see cref="CartRules.MaxQuantity"/>.</summary>
    public sealed record LineFull(int Quantity) : AddOutcome;

    /// <summary>The cart holds <see cref="CartRules.MaxLines"/> other items already.</summary>
    public sealed record CartFull : AddOutcome;
}
