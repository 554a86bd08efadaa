using Shop.Simulation.Exploration;
using Shop.Simulation.Judging;
using Shop.Simulation.Schedules;

namespace Shop.Simulation;

public sealed class WhenARunIsReplayed
{
    [Theory]
    [InlineData("lost-region/0")]
    [InlineData("opposite/77")]
    [InlineData("lost-region/4711/f9t,f20l/b60r")]
    public async Task The_same_schedule_gives_the_same_history_byte_for_byte(string text)
    {
        var subject = await Subject.RealAsync();

        Assert.Equal(Trace(subject, text), Trace(subject, text));
    }

    /// <summary>Schedules that once broke a rule, each with its mistake mended since.</summary>
    [Theory]
    [InlineData("failback-of-one-wish-asked/1495/f17E,f75w/b721o")] // the holder let go of the lock between a look at it and the takeover
    [InlineData("moved-by-others/10022/f2w,f112x")] // somebody had moved one database by hand before this run looked at it, and the other after
    [InlineData("moved-by-others/10022/f1w")]
    public async Task What_was_mended_stays_so(string text)
    {
        var subject = await Subject.RealAsync();

        Assert.Empty(new SimulatedRun(subject, new Coverage(subject.Machines.Coverage)).Play(Schedule.Parse(text)).Violations);
    }

    private static string Trace(Subject subject, string text)
    {
        var lines = new List<string>();
        new SimulatedRun(subject, new Coverage(subject.Machines.Coverage)).Play(Schedule.Parse(text), tracer: lines.Add);
        Assert.True(lines.Count > 100);
        return string.Join('\n', lines);
    }
}
