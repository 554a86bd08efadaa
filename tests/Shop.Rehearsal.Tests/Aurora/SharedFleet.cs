namespace Shop.Rehearsal.Tests.Aurora;

/// <summary>For tests that change nothing.</summary>
public sealed class SharedFleet : IAsyncLifetime
{
    internal Fleet Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Fleet = await Fleet.StartAsync();

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}
