namespace Shop.Rehearsal.ControlRoom.Live;

internal enum Health
{
    Unknown,
    Ok,
    Slow,
    Down,
}

/// <summary>What a Region needs to sell, as it answered when it was last asked.</summary>
internal sealed record Dependency(string Name, Health Health, string Detail);
