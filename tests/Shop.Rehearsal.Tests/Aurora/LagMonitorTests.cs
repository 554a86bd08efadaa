using System.Diagnostics;
using Shop.Rehearsal.Aurora;
using Shop.Testing;
using Shop.Testing.Engines;

namespace Shop.Rehearsal.Tests.Aurora;

public sealed class LagMonitorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_hangs_holds_nobody_up_and_is_asked_once()
    {
        await using var server = await TestEngines.NewMariaDbAsync(readOnly: false);
        using var monitor = new LagMonitor(1, TimeProvider.System);
        await monitor.SampleAsync(server, null, Token);
        server.Suspend();
        try
        {
            // Up to a second for the first one, nothing for those that come while it waits.
            await monitor.SampleAsync(server, null, Token);
            var started = Stopwatch.GetTimestamp();
            await monitor.SampleAsync(server, null, Token);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(0.9), "the hanging server was asked again");
        }
        finally
        {
            server.Resume();
        }

        var seen = monitor.Last.WriterSeenAt;
        await Eventually.HoldsAsync(async () => (await monitor.SampleAsync(server, null, Token)).WriterSeenAt > seen);
    }
}
