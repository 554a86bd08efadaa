using Shop.Nemesis.History;

namespace Shop.Nemesis.Checking;

/// <summary>A history and a final state, with what most rules look up in them.</summary>
internal sealed class Case
{
    public Case(IReadOnlyList<Operation> history, Finals finals)
    {
        History = history;
        Finals = finals;
        Submits = history.Where(o => o.F == "submit" && o.Key is not null).ToLookup(o => o.Key!.Value);
        Acknowledged = [.. history.Where(o => o is { F: "submit", Type: OperationType.Ok, Key: not null }).GroupBy(o => o.Key!.Value).Select(g => g.First())];
        Stored = finals.New.GroupBy(o => o.Id).ToDictionary(g => g.Key, g => g.First());
        Missing = finals.Reports.SelectMany(r => r.Missing).GroupBy(m => m.Key).ToDictionary(g => g.Key, g => g.Last().Value);
        Changed = finals.Reports.SelectMany(r => r.Changed).ToHashSet();
        Resurrected = finals.Reports.SelectMany(r => r.Resurrected).ToHashSet();
    }

    public IReadOnlyList<Operation> History { get; }

    public Finals Finals { get; }

    public ILookup<Guid, Operation> Submits { get; }

    /// <summary>The first acknowledgement of each key.</summary>
    public IReadOnlyList<Operation> Acknowledged { get; }

    public IReadOnlyDictionary<Guid, StoredOrder> Stored { get; }

    /// <summary>Id and amount of what any report calls missing.</summary>
    public IReadOnlyDictionary<Guid, long> Missing { get; }

    public IReadOnlySet<Guid> Changed { get; }

    public IReadOnlySet<Guid> Resurrected { get; }

    public bool WasDeleted(Guid key) => History.Any(o => o.Key == key && o is { F: "delete", Type: OperationType.Ok });

    public bool WasCancelled(Guid key) => History.Any(o => o.Key == key && o is { F: "cancel", Type: OperationType.Ok or OperationType.Info });
}
