using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Testing;

namespace Shop.Scenarios;

/// <summary>A drill, and then its report acted on: by the state machine, on real engines, with a second person's word. A minute and a half on two cores.</summary>
public sealed class WhenTheLostIsReplayed : IClassFixture<DrilledStore>
{
    private readonly DrilledStore _store;

    public WhenTheLostIsReplayed(DrilledStore store) => _store = store;

    [Fact]
    public async Task What_was_lost_is_put_back_once_a_second_person_agrees()
    {
        var lost = _store.Evidence.Reported[0];
        var (status, problem) = await _store.OrderAsync(lost);
        Assert.Equal((404, "urn:shop:problem:not-found"), (status, (string?)problem["type"]));

        var replay = _store.StartReplay();
        await Eventually.HoldsAsync(() => _store.Host.Status().Approvals.Count > 0, TimeSpan.FromMinutes(2));
        (status, problem) = await _store.OrderAsync(lost);
        Assert.Equal((404, "urn:shop:problem:being-recovered"), (status, (string?)problem["type"]));

        Assert.True(_store.Host.Answer(approve: true));
        await replay.Completion.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.True(replay.Status == ExecutionStatus.Succeeded, $"{replay.Outcome.Error}: {replay.Outcome.Cause}");
        var (found, order) = await _store.OrderAsync(lost);
        Assert.Equal((200, _store.Facts.LostRegion), (found, (string?)order["recoveredFrom"]));

        var again = _store.StartReplay();
        await again.Completion.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.True(again.Status == ExecutionStatus.Succeeded, $"{again.Outcome.Error}: {again.Outcome.Cause}");
        var output = JsonNode.Parse(again.Outcome.Output!)!;
        Assert.Equal((0, DrilledStore.Missing), ((int)output["wouldInsert"]!, (int)output["alreadyThere"]!));
    }
}
