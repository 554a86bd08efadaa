namespace Shop.Asl.Tests;

public sealed class ChanceTests
{
    private const string Jittered = """
        {"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":100,"BackoffRate":1,"MaxAttempts":20,"JitterStrategy":"FULL"}],"End":true}}
        """;

    [Fact]
    public void Full_jitter_waits_between_nothing_and_the_whole_delay()
    {
        var machine = Machine.Of(Jittered);
        machine.Tasks.Fail("A", "E");

        machine.Run();

        var waits = machine.History.Events.Where(e => e.Type.ToString() == "TaskScheduled").Select(e => e.Timestamp).ToArray();
        var delays = waits.Zip(waits.Skip(1), (a, b) => (b - a).TotalSeconds).ToArray();
        Assert.Equal(20, delays.Length);
        Assert.All(delays, delay => Assert.InRange(delay, 0, 100));
        Assert.True(delays.Distinct().Count() > 15);
        Assert.True(delays.Min() < 50 && delays.Max() > 50);
    }

    [Fact]
    public void Same_seed_gives_the_same_history()
    {
        var first = Machine.Of(Jittered);
        var second = Machine.Of(Jittered);
        foreach (var machine in new[] { first, second })
        {
            machine.Tasks.Fail("A", "E");
            machine.Run();
        }

        Assert.Equal(first.History.ToJson().GetRawText(), second.History.ToJson().GetRawText());
    }

    [Fact]
    public void Uuids_are_of_version_4_and_differ()
    {
        var machine = Machine.Of("""{"A":{"Type":"Pass","Parameters":{"a.$":"States.UUID()","b.$":"States.UUID()"},"End":true}}""");

        var output = machine.Run().Output!.Value;

        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", output.GetProperty("a").GetString());
        Assert.NotEqual(output.GetProperty("a").GetString(), output.GetProperty("b").GetString());
    }

    [Fact]
    public void Random_numbers_stay_in_their_range_and_repeat_by_seed()
    {
        var machine = Machine.Of("""
            {"A":{"Type":"Map","ItemSelector":{"r.$":"States.MathRandom(3, 6)","s.$":"States.MathRandom(0, 1000000, 7)"},
              "ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},"End":true}}
            """);

        var items = machine.Run($"[{string.Join(',', Enumerable.Range(0, 100))}]").Output!.Value.EnumerateArray().ToArray();

        Assert.Equal([3, 4, 5], items.Select(item => item.GetProperty("r").GetInt32()).Distinct().Order());
        Assert.Single(items.Select(item => item.GetProperty("s").GetInt32()).Distinct());
    }
}
