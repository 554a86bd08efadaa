using System.Net;
using System.Net.Sockets;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Tests.Supervision;

public sealed class PortAllocatorTests
{
    [Fact]
    public void Leases_held_at_the_same_time_are_different_and_below_the_ephemeral_range()
    {
        var leases = Enumerable.Range(0, 200).Select(_ => PortAllocator.Shared.Lease()).ToList();
        try
        {
            Assert.Equal(200, leases.Select(lease => lease.Port).Distinct().Count());
            Assert.All(leases, lease => Assert.InRange(lease.Port, 20000, 29999));
        }
        finally
        {
            leases.ForEach(lease => lease.Dispose());
        }
    }

    [Fact]
    public async Task Another_process_can_not_lock_a_leased_port_and_can_when_it_was_returned()
    {
        using var lease = PortAllocator.Shared.Lease();
        Assert.Equal("held", await LockFromAnotherProcessAsync(lease.Port));

        lease.Dispose();

        Assert.Equal("free", await LockFromAnotherProcessAsync(lease.Port));
    }

    [Fact]
    public void A_leased_port_can_be_listened_on()
    {
        using var lease = PortAllocator.Shared.Lease();
        using var listener = new TcpListener(IPAddress.Loopback, lease.Port);
        listener.Start();
        Assert.True(listener.Server.IsBound);
    }

    /// <summary>Asks the kernel who holds the byte of the lock file; any other process sees the same.</summary>
    private static async Task<string> LockFromAnotherProcessAsync(int port)
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"shop-ports-{Environment.UserName}.lock"));
        var offset = port - 20000;
        var locks = await File.ReadAllLinesAsync("/proc/locks", TestContext.Current.CancellationToken);
        return locks.Any(line => line.Contains($" {Environment.ProcessId} ", StringComparison.Ordinal)
            && Covers(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), offset)) && file.Exists ? "held" : "free";
    }

    private static bool Covers(string[] fields, int offset) =>
        fields[1] == "POSIX" && long.Parse(fields[^2]) <= offset && (fields[^1] == "EOF" || offset <= long.Parse(fields[^1]));
}
