using Shop.Nemesis.Checking;
using Shop.Nemesis.History;

namespace Shop.Nemesis.Tests;

/// <summary>Mistakes that a store could make, one at a time, in a history and a final state that are sound otherwise: each is found, named, and shrunk to the orders that show it.</summary>
public sealed class WhenABugIsPlanted
{
    /// <summary>Name, the invariant that must find it, what it does, how many orders show it at least (0: it is not about orders).</summary>
    private static readonly Dictionary<string, (string Invariant, Func<SoundCase, Finals> Plant, int Shown)> Bugs = new()
    {
        ["an acknowledged order is deleted"] = ("I1", c => c.Finals with { New = [.. c.Finals.New.Skip(1)] }, 1),
        ["an order is kept with other content than was acknowledged"] = ("I1", c => c.Finals with { New = [c.Finals.New[0] with { Hash = "other" }, .. c.Finals.New.Skip(1)] }, 1),
        ["a partial report gives no reason"] = ("I1'", c => c.Finals with { Reports = [c.Finals.Reports[0] with { IsExact = false }] }, 0),
        ["an order is invented"] = ("I2", c => c.Finals with { New = [.. c.Finals.New, c.Finals.New[0] with { Id = Guid.CreateVersion7(), Customer = "nobody" }] }, 1),
        ["the report omits a row"] = ("I3", c => c.Finals with { Reports = [c.Finals.Reports[0] with { Missing = new Dictionary<Guid, long> { [c.Lost[0].Key] = c.Lost[0].Total } }] }, 1),
        ["the report lists a row that is there"] = ("I3", c => c.Finals with { Reports = [c.Finals.Reports[0] with { Missing = c.Finals.Reports[0].Missing.Append(new(c.Intents[0].Key, c.Intents[0].Total)).ToDictionary() }] }, 1),
        ["the report reads the amount from the wrong side"] = ("I3", c => c.Finals with { Reports = [c.Finals.Reports[0] with { Missing = c.Lost.ToDictionary(l => l.Key, _ => 0L) }] }, 1),
        ["the report compares ids only and misses a changed order"] = ("I3", c => c.Finals with { New = [c.Finals.New[0] with { Status = "CANCELLED" }, .. c.Finals.New.Skip(1)] }, 1),
        ["a deleted order comes back and the report is silent"] = ("I3", c =>
        {
            c.AddDeletion(c.Intents[0]);
            return c.Finals with { Old = [c.Finals.Old[0] with { Orders = [.. c.Finals.Old[0].Orders.Skip(1)] }] };
        }, 1),
        ["a key that is not honoured: one customer, two orders"] = ("I4", c => c.Finals with { New = [.. c.Finals.New, c.Finals.New[0] with { Id = c.Intents[21].Key }] }, 2),
        ["a key that is not honoured: two answers"] = ("I4", c =>
        {
            c.Send(c.Intents[0], OperationType.Ok, orderId: Guid.CreateVersion7());
            return c.Finals;
        }, 1),
        ["a refused order is kept"] = ("I5", c => c.Finals with { New = [.. c.Finals.New, SoundCase.Stored(c.Intents[20])], Outbox = [.. c.Finals.Outbox, new(SoundCase.EventOf(c.Intents[20]), c.Intents[20].Key, "OrderCreatedEvent", true)] }, 1),
        ["split brain: the old writer acknowledges after the new epoch"] = ("I6", c => c.Finals with { New = [c.Finals.New[0] with { CreatedOn = SoundCase.Start.AddMinutes(6) }, .. c.Finals.New.Skip(1)] }, 1),
        ["split brain: two writers of one epoch"] = ("I6", c => c.Finals with { Epochs = [.. c.Finals.Epochs, new(2, "us-east-1", SoundCase.Start.AddMinutes(5))] }, 0),
        ["traffic stays where nobody can write"] = ("I7", c => c.Finals with { Routing = [new(SoundCase.Start.AddMinutes(5), ["us-east-1"], ["us-west-2"]), new(SoundCase.Start.AddMinutes(9), ["us-east-1"], ["us-west-2"])] }, 0),
        ["an order without an event"] = ("I8", c => c.Finals with { Outbox = [.. c.Finals.Outbox.Skip(1)] }, 1),
        ["an event without an order"] = ("I8", c => c.Finals with { Deliveries = [.. c.Finals.Deliveries, new(Guid.CreateVersion7(), Guid.CreateVersion7(), "OrderCreatedEvent", "us-east-1")] }, 1),
        ["an event that is never sent"] = ("I8", c => c.Finals with { Outbox = [c.Finals.Outbox[0] with { Sent = false }, .. c.Finals.Outbox.Skip(1)] }, 1),
        ["an event that is marked sent and lost"] = ("I8", c => c.Finals with { Deliveries = [.. c.Finals.Deliveries.Skip(1)] }, 1),
        ["an event under a new id on each attempt"] = ("I8", c => c.Finals with { Deliveries = [.. c.Finals.Deliveries, c.Finals.Deliveries[0] with { EventId = Guid.CreateVersion7() }] }, 1),
        ["the cart is emptied before the order is kept"] = ("I9", c => c.Finals with { Carts = [c.Finals.Carts[1] with { Lines = 0 }] }, 1),
        ["shipping is computed and not charged"] = ("I10", c => c.Finals with { New = [c.Finals.New[0] with { Total = c.Finals.New[0].Total - 500 }, .. c.Finals.New.Skip(1)] }, 1),
        ["an order without its items"] = ("I10", c => c.Finals with { New = [c.Finals.New[0] with { ItemsTotal = 0 }, .. c.Finals.New.Skip(1)] }, 1),
        ["stock is sold twice"] = ("I10", c => c.Finals with { StockCounts = [5, -1] }, 0),
        ["a database is promoted twice"] = ("I11", c => c.Finals with { Promotions = [.. c.Finals.Promotions, c.Finals.Promotions[0]] }, 0),
        ["a lock is left behind"] = ("I11", c => c.Finals with { LocksLeft = ["lock#us-west-2"] }, 0),
        ["a run that never ends"] = ("I11", c => c.Finals with { Runs = [.. c.Finals.Runs, c.Finals.Runs[0] with { EndedAt = null }] }, 0),
        ["both Regions Off"] = ("I12", c => c.Finals with { Routing = [.. c.Finals.Routing, new(SoundCase.Start.AddMinutes(7), [], ["us-west-2"])] }, 0),
        ["an epoch that goes back"] = ("I12", c => c.Finals with { Epochs = [.. c.Finals.Epochs, new(3, "us-east-1", SoundCase.Start.AddDays(-2))] }, 0),
        ["half of the traffic never comes back"] = ("I13", c => c.Finals with { Recovery = new(100, 50, 12, 60) }, 0),
        ["an operator approves their own failover"] = ("I14", c => c.Finals with { Runs = [c.Finals.Runs[0] with { ApprovedBy = "alice", Promoted = ["orders"] }] }, 0),
        ["nobody knows who started it"] = ("I14", c => c.Finals with { Runs = [c.Finals.Runs[0] with { RequestedBy = null }] }, 0),
        ["a replay without keys doubles"] = ("I15", c => c.Finals with { Replay = new("once", "twice", 0) }, 0),
        ["a replay that leaves something out"] = ("I15", c => c.Finals with { Replay = new("same", "same", 1) }, 0),
        ["the customer of a lost order meets a 404"] = ("I16", c => c.Finals with { Answers = [new(c.Lost[0].Key, 404, "urn:shop:problem:not-found")] }, 1),
    };

    public static TheoryData<string> Names => [.. Bugs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found_by_the_invariant_that_is_meant_for_it(string bug)
    {
        var (invariant, plant, shown) = Bugs[bug];
        var sound = new SoundCase();
        var finals = plant(sound);

        var found = Checker.Check(sound.History, finals).Single(j => j.Invariant == invariant);
        Assert.Equal(Truth.Invalid, found.Truth);
        Assert.NotEmpty(found.Because);

        var smallest = Checker.Shrink(sound.History, finals, invariant);
        Assert.True(shown == 0 ? smallest.Count == 0 : smallest.Count == shown, $"{smallest.Count} orders are left of {sound.Intents.Count}; {shown} show it.");
    }

    [Fact]
    public void Without_a_bug_every_invariant_holds()
    {
        var sound = new SoundCase();
        Assert.All(Checker.Check(sound.History, sound.Finals).Where(j => j.Invariant != "I1'"), j => Assert.True(j.Truth == Truth.Valid, $"{j.Invariant}: {j.Because}"));
    }

    [Fact]
    public void Of_nothing_nothing_is_known()
    {
        var empty = Checker.Check([], new Finals { New = [] });
        Assert.Equal(17, empty.Count);
        Assert.All(empty, j => Assert.Equal(Truth.Unknown, j.Truth));
    }

    [Fact]
    public void Each_invariant_has_a_bug_that_breaks_it() =>
        Assert.Equal(Checker.Check([], new Finals { New = [] }).Select(j => j.Invariant).Order(), Bugs.Values.Select(b => b.Invariant).Distinct().Order());

    [Fact]
    public async Task A_history_is_read_as_it_was_written()
    {
        var sound = new SoundCase();
        var file = Path.Combine(Path.GetTempPath(), $"history-{Guid.CreateVersion7():N}.jsonl");
        try
        {
            await OperationLog.WriteAsync(sound.History, file, TestContext.Current.CancellationToken);
            Assert.Equal(sound.History, OperationLog.Read(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
