using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Links;

/// <summary>A TCP link that can be broken: a port on 127.0.0.1 that stays the same while where it leads to may change.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ProxiedConnection, Task> _connections = new();
    private readonly PortLease _lease;
    private readonly TcpListener _listener;
    private readonly LinkState _state = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile IPEndPoint? _target;
    private int _accepted;

    private FaultProxy(PortLease lease, TcpListener listener, IPEndPoint? target)
    {
        _lease = lease;
        _listener = listener;
        _target = target;
        _accepting = AcceptAsync();
    }

    public int Port => _lease.Port;

    public string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Where new connections lead to. A change resets the existing ones: they lead to a server that is no longer meant.</summary>
    public IPEndPoint? Target
    {
        get => _target;
        set
        {
            if (!Equals(_target, value))
            {
                _target = value;
                ResetConnections();
            }
        }
    }

    public LinkFault Fault
    {
        get => _state.Fault;
        set
        {
            _state.Set(value);
            if (value.Kind == LinkFaultKind.Cut)
            {
                ResetConnections();
            }
        }
    }

    public LinkCounters Counters { get; } = new();

    public int OpenConnections => _connections.Count;

    /// <summary>How many connections have ever come in.</summary>
    public int AcceptedConnections => _accepted;

    public static FaultProxy Start(int? targetPort = null, PortAllocator? ports = null)
    {
        var target = targetPort is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null;
        const int attempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            var lease = (ports ?? PortAllocator.Shared).Lease();
            var listener = new TcpListener(IPAddress.Loopback, lease.Port);
            try
            {
                listener.Start();
                return new FaultProxy(lease, listener, target);
            }
            catch (SocketException) when (attempt < attempts)
            {
                listener.Dispose();
                lease.Dispose();
            }
        }
    }

    public void LeadTo(int? port) => Target = port is { } number ? new IPEndPoint(IPAddress.Loopback, number) : null;

    public void ResetConnections()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        ResetConnections();
        await Task.WhenAll(_connections.Values);
        _lease.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Take(await _listener.AcceptSocketAsync(_stop.Token));
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // The client was gone before it was accepted; the next one is waiting.
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Take(Socket client)
    {
        Interlocked.Increment(ref _accepted);
        var connection = new ProxiedConnection(client, _state, Counters);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = RunAsync(connection, ready.Task);
        ready.SetResult();
        // The fault may have come between accepting and listing, when it could not reach this connection.
        if (_state.Fault.Kind == LinkFaultKind.Cut)
        {
            connection.Reset();
        }
    }

    private async Task RunAsync(ProxiedConnection connection, Task listed)
    {
        await listed;
        await connection.RunAsync(() => _target);
        _connections.TryRemove(connection, out _);
    }
}
