using Shop.Rehearsal.Supervision;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.Supervision;

public sealed class ChildProcessTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Output_goes_to_the_log_and_the_exit_code_comes_back()
    {
        var child = await StartAsync("echo out; echo err >&2; exit 3");

        Assert.Equal(3, await child.Exited.WaitAsync(Token));
        Assert.Equal("out\nerr", child.LogTail());
    }

    [Fact]
    public async Task A_program_that_does_not_exist_ends_with_127_and_says_so_in_the_log()
    {
        var child = await new GuardedLauncher().StartAsync(
            new ChildCommand { Name = "none", File = "/no/such/program", LogFile = _scratch.File("log") });

        Assert.Equal(127, await child.Exited.WaitAsync(Token));
        Assert.Contains("/no/such/program", child.LogTail(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_s_environment_is_not_handed_down_but_the_given_one_is()
    {
        Environment.SetEnvironmentVariable("SHOP_TEST_HOST_SECRET", "host");
        var child = await new GuardedLauncher().StartAsync(new ChildCommand
        {
            Name = "env", File = "/usr/bin/env", LogFile = _scratch.File("log"), Environment = new Dictionary<string, string> { ["GIVEN"] = "x y" },
        });

        await child.Exited.WaitAsync(Token);
        Assert.Contains("GIVEN=x y", child.LogTail(100), StringComparison.Ordinal);
        Assert.DoesNotContain("SHOP_TEST_HOST_SECRET", child.LogTail(100), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_takes_what_the_child_started_with_it()
    {
        var child = await StartAsync("sleep 600 & echo $!; wait");
        await Eventually.HoldsAsync(() => child.LogTail().Length > 0);
        var grandchild = int.Parse(child.LogTail());
        Assert.NotNull(ProcessStart.Of(grandchild));

        await child.KillAsync().WaitAsync(Token);

        Assert.Equal(128 + 9, await child.Exited);
        await Eventually.HoldsAsync(() => ProcessStart.Of(grandchild) is null);
    }

    [Fact]
    public async Task What_a_crashed_child_left_in_its_group_ends_too()
    {
        var child = await StartAsync("sleep 600 & echo $!; exit 1");
        await child.Exited.WaitAsync(Token);

        await Eventually.HoldsAsync(() => ProcessStart.Of(int.Parse(child.LogTail())) is null);
    }

    [Fact]
    public async Task A_child_that_ignores_the_request_to_end_is_killed()
    {
        var child = await StartAsync("trap '' TERM; echo ready; while :; do sleep 1; done");
        await Eventually.HoldsAsync(() => child.LogTail() == "ready");

        await child.TerminateAsync(TimeSpan.FromMilliseconds(50)).WaitAsync(Token);

        Assert.Equal(128 + 9, await child.Exited);
    }

    [Fact]
    public async Task A_suspended_child_stands_still_until_it_is_resumed()
    {
        await using var child = await StartAsync("echo ready; while :; do :; done");
        await Eventually.HoldsAsync(() => child.LogTail().Length > 0);

        child.Suspend();
        await Eventually.HoldsAsync(() => State(child.Pid) == 'T');
        child.Resume();

        await Eventually.HoldsAsync(() => State(child.Pid) != 'T');
        Assert.True(child.IsRunning);
    }

    [Fact]
    public async Task Children_have_a_session_of_their_own_so_that_the_terminal_s_interrupt_passes_them_by()
    {
        await using var child = await StartAsync("echo ready; sleep 600");
        await Eventually.HoldsAsync(() => child.LogTail() == "ready");

        Assert.Equal(child.Pid.ToString(), Stat(child.Pid)[3]);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static char State(int pid) => Stat(pid)[0][0];

    private static string[] Stat(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private Task<ChildProcess> StartAsync(string script) => new GuardedLauncher().StartAsync(
        new ChildCommand { Name = "script", File = "/bin/sh", Arguments = ["-c", script], LogFile = _scratch.File("log") });
}
