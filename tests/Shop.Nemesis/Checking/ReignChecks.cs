using Shop.Nemesis.History;

namespace Shop.Nemesis.Checking;

/// <summary>What must hold of who writes, and of where traffic goes.</summary>
internal static class ReignChecks
{
    private static readonly TimeSpan Clocks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RouteLimit = TimeSpan.FromSeconds(30);

    public static Judgement NoSplitBrain(Case c)
    {
        var faults = new List<(Guid?, string)>();
        var end = c.Finals.Epochs.OrderBy(e => e.Number).Zip(c.Finals.Epochs.OrderBy(e => e.Number).Skip(1), (e, next) => (e.Number, next.Since)).ToDictionary(p => p.Number, p => p.Since);
        foreach (var order in c.Finals.New.Where(o => !o.Recovered))
        {
            if (end.TryGetValue(order.Epoch, out var over) && order.CreatedOn > over + Clocks && !c.Missing.ContainsKey(order.Id))
            {
                faults.Add((order.Id, $"{order.Id} was written in epoch {order.Epoch} after it was over"));
            }
        }

        foreach (var ack in c.History.Where(o => o is { F: "submit", Type: OperationType.Ok, Key: not null, Epoch: not null }))
        {
            var key = ack.Key!.Value;
            var sent = c.Submits[key].LastOrDefault(o => o.Type == OperationType.Invoke && o.Index < ack.Index);
            if (sent is not null && end.TryGetValue(ack.Epoch!.Value, out var over) && sent.At > over + Clocks
                && !(c.Stored.TryGetValue(key, out var stored) && stored.CreatedOn <= over + Clocks) && !c.Missing.ContainsKey(key))
            {
                faults.Add((key, $"{key} was acknowledged in epoch {ack.Epoch} after it was over, and is in no report"));
            }
        }

        // Two writers that both say yes show as one epoch with answers of both.
        foreach (var pair in c.Finals.Epochs.GroupBy(e => e.Number).Where(g => g.Select(e => e.Writer).Distinct().Count() > 1))
        {
            faults.Add((null, $"epoch {pair.Key} has {string.Join(" and ", pair.Select(e => e.Writer))} as writers"));
        }

        return Judgement.Of("I6", "There are never two writers", c.Finals.Epochs.Count > 0 ? c.Finals.New.Count + c.Acknowledged.Count : 0, faults);
    }

    public static Judgement TrafficFollows(Case c)
    {
        var faults = new List<(Guid?, string)>();
        var looked = 0;
        foreach (var promotion in c.Finals.Promotions.Where(p => p.Database == "orders"))
        {
            var until = c.Finals.Promotions.Where(p => p.Database == "orders" && p.At > promotion.At).Select(p => p.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            var samples = c.Finals.Routing.Where(s => s.At >= promotion.At && s.At < until).ToList();
            if (samples.Count == 0)
            {
                continue;
            }

            looked++;
            var right = samples.FirstOrDefault(s => s.On.Any(s.ReachWriter.Contains) && s.On.All(s.ReachWriter.Contains));
            var took = (right?.At ?? samples[^1].At) - promotion.At;
            if (took > RouteLimit)
            {
                faults.Add((null, $"traffic went to a Region that can't write for {took.TotalSeconds:0} s after {promotion.To} was promoted"));
            }
        }

        return Judgement.Of("I7", "Traffic follows the writer within 30 s", looked, faults);
    }

    public static Judgement EpochsAreLegal(Case c)
    {
        var faults = new List<(Guid?, string)>();
        foreach (var (first, second) in c.Finals.Epochs.OrderBy(e => e.Number).Zip(c.Finals.Epochs.OrderBy(e => e.Number).Skip(1)))
        {
            if (second.Since < first.Since)
            {
                faults.Add((null, $"epoch {second.Number} began before epoch {first.Number}"));
            }
        }

        faults.AddRange(c.Finals.Routing.Where(s => s.On.Count == 0).Take(1).Select(s => ((Guid?)null, $"at {s.At:T} no Region was On")));
        return Judgement.Of("I12", "Epochs and routing are monotonic and legal", c.Finals.Epochs.Count + c.Finals.Routing.Count, faults);
    }
}
