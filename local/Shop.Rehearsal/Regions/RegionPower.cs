namespace Shop.Rehearsal.Regions;

/// <summary>Whether a Region is alive. Off means its machines are gone: services abort what they were doing and answer nobody.</summary>
public sealed class RegionPower(string region, bool isOn = true)
{
    private readonly Lock _lock = new();

    public string Region { get; } = region;

    public bool IsOn { get; private set; } = isOn;

    /// <summary>Raised once per change with the new state, on the thread that changed it.</summary>
    public event Action<bool>? Changed;

    public void TurnOn() => Set(true);

    public void TurnOff() => Set(false);

    private void Set(bool on)
    {
        lock (_lock)
        {
            if (IsOn == on)
            {
                return;
            }

            IsOn = on;
        }

        Changed?.Invoke(on);
    }
}
