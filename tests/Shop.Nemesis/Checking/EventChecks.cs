namespace Shop.Nemesis.Checking;

/// <summary>What must hold of events: delivered at least once, effective exactly once, none for an order that nobody has.</summary>
internal static class EventChecks
{
    public static Judgement EventsOnce(Case c)
    {
        var faults = new List<(Guid?, string)>();
        var delivered = c.Finals.Deliveries.ToLookup(d => d.EventId);
        foreach (var order in c.Finals.New.Where(o => !c.Finals.Outbox.Any(e => e.OrderId == o.Id)))
        {
            faults.Add((order.Id, $"order {order.Id} has no event"));
        }

        foreach (var row in c.Finals.Outbox)
        {
            if (!c.Stored.ContainsKey(row.OrderId))
            {
                faults.Add((row.OrderId, $"event {row.EventId} is of order {row.OrderId}, which is not there"));
            }
            else if (!row.Sent && c.Finals.IsConsumed)
            {
                faults.Add((row.OrderId, $"event {row.EventId} of order {row.OrderId} was never sent"));
            }
            else if (c.Finals.IsConsumed && !delivered.Contains(row.EventId))
            {
                faults.Add((row.OrderId, $"event {row.EventId} of order {row.OrderId} is marked sent and nobody received it"));
            }
        }

        foreach (var twice in c.Finals.Deliveries.GroupBy(d => (d.OrderId, d.Type)).Where(g => g.Select(d => d.EventId).Distinct().Count() > 1))
        {
            faults.Add((twice.Key.OrderId, $"order {twice.Key.OrderId} has {twice.Select(d => d.EventId).Distinct().Count()} different {twice.Key.Type}: a consumer would act twice"));
        }

        foreach (var orphan in c.Finals.Deliveries.Where(d => !c.Stored.ContainsKey(d.OrderId) && !c.Missing.ContainsKey(d.OrderId) && !c.WasDeleted(d.OrderId)).DistinctBy(d => d.EventId))
        {
            faults.Add((orphan.OrderId, $"event {orphan.EventId} went out for order {orphan.OrderId}, which nobody has and no report names"));
        }

        return Judgement.Of("I8", "Events: at least once, effective once, none without an order", c.Finals.Outbox.Count + c.Finals.Deliveries.Count, faults);
    }
}
