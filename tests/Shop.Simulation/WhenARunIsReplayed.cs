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

    private static string Trace(Subject subject, string text)
    {
        var lines = new List<string>();
        new SimulatedRun(subject, new Coverage(subject.Machines.Coverage)).Play(Schedule.Parse(text), tracer: lines.Add);
        Assert.True(lines.Count > 100);
        return string.Join('\n', lines);
    }
}
