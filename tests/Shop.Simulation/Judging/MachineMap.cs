namespace Shop.Simulation.Judging;

/// <summary>The states of one machine with the numbers of what can be reached in them.</summary>
internal sealed class MachineMap
{
    private readonly Dictionary<string, MappedState> _states = new(StringComparer.Ordinal);

    public void Add(MappedState state) => _states.Add(state.Name, state);

    /// <summary>Null for a waypoint.</summary>
    public MappedState? Find(string state) => _states.GetValueOrDefault(state);
}

/// <summary>A state: its own number, and those of its Choice branches and catchers by the state that they lead to.</summary>
internal sealed class MappedState(string name, int point, string? next)
{
    /// <summary>Where it leads when nothing fails.</summary>
    public string? Next { get; } = next;

    public string Name { get; } = name;

    public int Point { get; } = point;

    public ulong Hash { get; } = Fingerprint.Of(name);

    public Dictionary<string, int> Branches { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> Catchers { get; } = new(StringComparer.Ordinal);
}
