using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Tests.Supervision;

public sealed class JobFileTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Only_a_process_that_started_when_the_list_says_is_ended()
    {
        await using var left = await SleepAsync();
        await using var stranger = await SleepAsync();
        await File.WriteAllTextAsync(_scratch.File("jobs"),
            $"""
            {int.MaxValue}	1	host	
            {left.Pid}	{ProcessStart.Of(left.Pid)}	left	/data
            {stranger.Pid}	{ProcessStart.Of(stranger.Pid) - 1}	had-this-pid-before	/data

            """, Token);

        Assert.True(JobFile.TryReclaim(_scratch.File("jobs")));

        Assert.Equal(128 + 9, await left.Exited.WaitAsync(Token));
        Assert.True(stranger.IsRunning);
    }

    [Fact]
    public async Task The_children_of_a_host_that_is_alive_are_left_alone()
    {
        await using var child = await SleepAsync();
        var jobs = JobFile.Create(_scratch.File("jobs"));
        jobs.Add(child.Pid, "child", "");

        Assert.False(JobFile.TryReclaim(_scratch.File("jobs")));

        Assert.True(child.IsRunning);
    }

    [Fact]
    public void Two_runs_under_one_root_keep_apart_and_both_go_at_the_end()
    {
        var first = RunFolder.Create(_scratch.FullPath);
        var second = RunFolder.Create(_scratch.FullPath);
        Assert.True(Directory.Exists(first.FullPath));
        Assert.True(Path.Combine(first.Sockets, new string('x', 60)).Length < 107);

        first.Dispose();
        second.Dispose();

        Assert.Empty(Directory.GetDirectories(_scratch.FullPath));
        Assert.False(Directory.Exists(first.Sockets) || Directory.Exists(second.Sockets));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<ChildProcess> SleepAsync() => new GuardedLauncher().StartAsync(
        new ChildCommand { Name = "sleep", File = "sleep", Arguments = ["600"], LogFile = _scratch.File("log") });
}
