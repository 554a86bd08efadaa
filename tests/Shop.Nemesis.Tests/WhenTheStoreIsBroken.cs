using Shop.Nemesis.Rows;
using Shop.Nemesis.Running;

namespace Shop.Nemesis.Tests;

/// <summary>Twelve rows of the fault matrix on one running store with real engines; `make nemesis` runs all. About two minutes on two quiet cores.</summary>
public sealed class WhenTheStoreIsBroken : IClassFixture<BrokenStore>
{
    private readonly BrokenStore _store;

    public WhenTheStoreIsBroken(BrokenStore store) => _store = store;

    public static TheoryData<string> Smoke => [.. Matrix.Select("smoke").Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Smoke))]
    public void What_must_hold_holds(string row)
    {
        var result = _store.Results.Single(r => r.Id == row);
        Assert.True(result.Status is RowStatus.Passed or RowStatus.Deviates, $"{row} {result.Name}: {result.Status} {result.Reason}\n{string.Join("\n", result.Timeline.Select(m => $"{m.At:T} {m.Text}"))}");
    }

    [Fact]
    public void The_matrix_is_whole()
    {
        Assert.Equal([("A", 23), ("B", 20), ("C", 21), ("D", 9)], Matrix.All.GroupBy(r => r.Id[..1]).Select(g => (g.Key, g.Count())));
        Assert.Equal(Matrix.All.Count, Matrix.All.Select(r => r.Id).Distinct().Count());
        Assert.Equal(12, Matrix.Select("smoke").Count);
        Assert.Throws<ArgumentException>(() => Matrix.Select("A1,Z9"));
    }
}

public sealed class BrokenStore : IAsyncLifetime
{
    internal IReadOnlyList<RowResult> Results { get; private set; } = [];

    public async ValueTask InitializeAsync() =>
        Results = await RunCommand.RunAsync(Matrix.Select("smoke"), seed: 1, isShort: true, _ => { }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
