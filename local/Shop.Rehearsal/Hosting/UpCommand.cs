using Shop.Rehearsal.ControlRoom;

namespace Shop.Rehearsal.Hosting;

/// <summary><c>make up</c>: both Regions until Ctrl+C.</summary>
internal static class UpCommand
{
    public static async Task<int> RunAsync(Workspace workspace, RehearsalOptions options)
    {
        using var stop = new StopSignals();
        var started = TimeProvider.System.GetTimestamp();
        var isOurs = false;
        try
        {
            await using var host = await RehearsalHost.StartAsync(workspace, options, text => Console.WriteLine($"  {text}"), stop.Token);
            await using var controlRoom = await ControlRoomServer.StartAsync(host, stop.Token);
            host.WriteEndpoints(controlRoom.Address, controlRoom.Access.Token);
            isOurs = true;
            Console.WriteLine(Welcome.Text(host, controlRoom.Entrance, TimeProvider.System.GetElapsedTime(started)));
            host.Happened += text => Console.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {text}");
            await Task.Delay(Timeout.InfiniteTimeSpan, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var report in host.Status().Reports)
            {
                Console.WriteLine($"Report kept: {ReportFolder.Keep(report, Path.Combine(workspace.Artifacts, "reports"))}");
            }
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Stopped while it started.
        }
        finally
        {
            if (isOurs)
            {
                File.Delete(workspace.EndpointsFile);
            }
        }

        Console.WriteLine("Everything that was started is gone.");
        return 0;
    }
}
