using System.Diagnostics;
using Shop.Rehearsal.Supervision;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.Supervision;

public sealed class WhenTheHostIsKilled
{
    [Fact]
    public async Task No_child_is_left_after_a_moment()
    {
        using var scratch = new ScratchFolder();
        using var host = await StartVictimAsync(scratch, withBroker: true);
        var children = Jobs(await File.ReadAllTextAsync(scratch.File("ready"), Token)).Skip(1).ToList();
        // A sleeper, one that ignores signals, a .NET process, the broker and its port mapper; the broker has helpers of its own.
        Assert.Equal(5, children.Count);
        Assert.NotEmpty(Processes.WhoseEnvironmentHolds(scratch.FullPath).Except(children.Select(job => job.Pid)).Except([host.Id]));
        Assert.All(children, job => Assert.Equal(job.StartTime, ProcessStart.Of(job.Pid)));

        host.Kill();
        await host.WaitForExitAsync(Token);

        await Eventually.HoldsAsync(() => children.All(job => ProcessStart.Of(job.Pid) != job.StartTime));
        await Eventually.HoldsAsync(() => !Processes.WhoseEnvironmentHolds(scratch.FullPath).Any());
        RunFolder.Create(scratch.FullPath).Dispose();
    }

    [Fact]
    public async Task The_next_host_removes_its_folders()
    {
        using var scratch = new ScratchFolder();
        using var host = await StartVictimAsync(scratch);
        var dead = await File.ReadAllTextAsync(scratch.File("ready"), Token);
        var sockets = await File.ReadAllTextAsync(Path.Combine(dead, "sockets.path"), Token);
        Assert.True(Directory.Exists(sockets));

        host.Kill();
        await host.WaitForExitAsync(Token);
        using var next = RunFolder.Create(scratch.FullPath);

        Assert.False(Directory.Exists(dead));
        Assert.False(Directory.Exists(sockets));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static IEnumerable<(int Pid, long StartTime)> Jobs(string runFolder) =>
        File.ReadLines(Path.Combine(runFolder, "jobs")).Select(line => line.Split('\t')).Select(job => (int.Parse(job[0]), long.Parse(job[1])));

    private static async Task<Process> StartVictimAsync(ScratchFolder scratch, bool withBroker = false)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(VictimHost).Assembly.Location);
        }

        start.Environment[VictimHost.RootVariable] = scratch.FullPath;
        if (withBroker)
        {
            start.Environment[VictimHost.BrokerVariable] = "1";
        }

        var host = Process.Start(start)!;
        try
        {
            await Eventually.HoldsAsync(() => File.Exists(scratch.File("ready")) || host.HasExited, TimeSpan.FromMinutes(2));
            Assert.False(host.HasExited);
            return host;
        }
        catch
        {
            host.Kill();
            throw;
        }
    }
}
