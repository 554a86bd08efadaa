namespace Shop.Nemesis.Checking;

/// <summary>What must hold of sums.</summary>
internal static class MoneyChecks
{
    public static Judgement MoneyIsConserved(Case c)
    {
        var faults = new List<(Guid?, string)>();
        foreach (var ack in c.Acknowledged.Where(a => a.Total is not null && !c.WasDeleted(a.Key!.Value)))
        {
            var key = ack.Key!.Value;
            long? kept = c.Stored.TryGetValue(key, out var stored) ? stored.Total : c.Missing.TryGetValue(key, out var missing) ? missing : null;
            if (kept is { } amount && amount != ack.Total && !c.Changed.Contains(key))
            {
                faults.Add((key, $"{key} was acknowledged over {ack.Total} and is kept or reported over {amount}"));
            }
        }

        foreach (var order in c.Finals.New)
        {
            if (order.ItemsTotal != order.Subtotal || order.Total != order.Subtotal + order.Charges)
            {
                faults.Add((order.Id, $"{order.Id} does not add up: items {order.ItemsTotal}, subtotal {order.Subtotal}, charges {order.Charges}, total {order.Total}"));
            }
        }

        faults.AddRange(c.Finals.StockCounts.Where(n => n < 0).Take(1).Select(n => ((Guid?)null, $"a product's count is {n}")));
        return Judgement.Of("I10", "Money is conserved, stock is never negative", c.Acknowledged.Count + c.Finals.New.Count, faults);
    }
}
