namespace Shop.Nemesis.Checking;

internal enum Truth
{
    Valid,
    Invalid,

    /// <summary>Nothing happened that could have broken it: never a pass.</summary>
    Unknown,
}

/// <param name="Keys">The orders that break it.</param>
internal sealed record Judgement(string Invariant, string Says, Truth Truth, string Because, IReadOnlyList<Guid> Keys)
{
    public static Judgement Of(string invariant, string says, int looked, IReadOnlyList<(Guid? Key, string Fault)> faults) =>
        faults.Count > 0 ? new(
            invariant, says, Truth.Invalid,
            string.Join("; ", faults.Select(f => f.Fault).Take(3)) + (faults.Count > 3 ? $"; and {faults.Count - 3} more" : ""),
            [.. faults.Where(f => f.Key is not null).Select(f => f.Key!.Value).Distinct()])
        : looked == 0 ? new(invariant, says, Truth.Unknown, "nothing happened that could break it", [])
        : new(invariant, says, Truth.Valid, $"{looked} looked at", []);
}
