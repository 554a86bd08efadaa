using System.Net;
using System.Net.Sockets;

namespace Shop.Rehearsal.Supervision;

/// <summary>Ports for engines and listeners, never given twice among all hosts and test runs of this user.</summary>
/// <remarks>
/// One lock file for all, one byte of it per port: the kernel drops a dead process's locks, so none goes stale.
/// Below 32768, where the kernel takes ports for outgoing connections and would meet an engine sooner or later.
/// </remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "The only instance lives as long as the process.")]
public sealed class PortAllocator
{
    private const int First = 20000;
    private const int Count = 10000;
    private readonly Lock _lock = new();
    private readonly HashSet<int> _taken = [];
    private readonly FileStream _locks;

    // One per process: closing any handle to the file would drop the process's locks.
    private PortAllocator() => _locks = new FileStream(
        Path.Combine(Path.GetTempPath(), $"shop-ports-{Environment.UserName}.lock"),
        FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    public static PortAllocator Shared { get; } = new();

    public PortLease Lease()
    {
        lock (_lock)
        {
            for (var attempt = 0; attempt < Count; attempt++)
            {
                var port = First + Random.Shared.Next(Count);
                if (!_taken.Contains(port) && TryLock(port))
                {
                    if (IsFree(port))
                    {
                        _taken.Add(port);
                        return new PortLease(this, port);
                    }

                    Unlock(port);
                }
            }
        }

        throw new InvalidOperationException($"No free port between {First} and {First + Count - 1}.");
    }

    internal void Return(int port)
    {
        lock (_lock)
        {
            if (_taken.Remove(port))
            {
                Unlock(port);
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private bool TryLock(int port)
    {
        if (OperatingSystem.IsMacOS())
        {
            return true;
        }

        try
        {
            _locks.Lock(port - First, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Unlock(int port)
    {
        if (!OperatingSystem.IsMacOS())
        {
            _locks.Unlock(port - First, 1);
        }
    }
}
