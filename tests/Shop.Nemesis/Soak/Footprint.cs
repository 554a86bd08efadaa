using System.Diagnostics;
using System.Globalization;
using Shop.Nemesis.Running;
using Shop.Rehearsal.Supervision;

namespace Shop.Nemesis.Soak;

/// <summary>What the run holds: its own memory and handles, all processes and their memory, connections to the writer.</summary>
internal sealed record Footprint(long HostMegabytes, int Handles, int Processes, long AllMegabytes, long Connections)
{
    public static async Task<Footprint> TakeAsync(NemesisStore store, CancellationToken cancellationToken)
    {
        // What is only waiting to be collected is no leak.
        GC.Collect();
        using var self = Process.GetCurrentProcess();
        var (processes, megabytes) = ProcessTree.Measure();
        var server = store.ServerOf("orders", store.Host.ActiveRegion);
        long connections = 0;
        try
        {
            connections = await server.ScalarAsync<long>("SELECT COUNT(*) FROM information_schema.processlist WHERE user NOT IN ('system user')", cancellationToken);
        }
        catch (Exception e) when (e is MySqlConnector.MySqlException or InvalidOperationException)
        {
            // Frozen or killed at this moment.
        }

        return new Footprint(self.WorkingSet64 / 1024 / 1024, Directory.GetFiles("/proc/self/fd").Length, processes, megabytes, connections);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"host {HostMegabytes} MB, {Handles} handles; {Processes} processes, {AllMegabytes} MB in all; {Connections} connections to the orders writer");
}
