using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>A server as a child process: a port, a data directory, start, stop and the two sudden ends.</summary>
public abstract class Engine : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);
    private PortLease? _lease;
    private ChildProcess? _process;

    protected Engine(EngineHost host, string name, string? dataDirectory = null)
    {
        Host = host;
        Name = name;
        DataDirectory = dataDirectory ?? Path.Combine(host.Folder.FullPath, "data", name);
    }

    public string Name { get; }

    public string DataDirectory { get; }

    /// <summary>Stays the same over restarts, unless somebody else has taken it meanwhile.</summary>
    public int Port => _lease?.Port ?? throw new InvalidOperationException($"{Name} has not been started.");

    public bool IsRunning => _process is { IsRunning: true };

    public int? Pid => IsRunning ? _process!.Pid : null;

    public string LogTail => _process?.LogTail() ?? "";

    protected EngineHost Host { get; }

    /// <summary>Starts the server, or starts it again on the data it has, and waits until it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (IsRunning)
        {
            return;
        }

        const int attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            _lease ??= Host.Ports.Lease();
            try
            {
                await StartOnceAsync(cancellationToken);
                return;
            }
            catch (EngineStartException exception) when (exception.IsPortTaken && attempt < attempts)
            {
                _lease.Dispose();
                _lease = null;
            }
        }
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await OnStoppingAsync();
            await process.TerminateAsync();
        }
    }

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync();
        }
    }

    public void Suspend() => _process?.Suspend();

    public void Resume() => _process?.Resume();

    /// <summary>Stops the server, gives its port back and deletes its data.</summary>
    public async Task DeleteAsync()
    {
        await DisposeAsync();
        if (Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ReleaseAsync();
        _lease?.Dispose();
        _lease = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the data directory and configuration ready and says how to start the server on that port.</summary>
    protected abstract Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken);

    /// <summary>Asks the server something in its own protocol.</summary>
    protected abstract Task<bool> AnswersAsync(CancellationToken cancellationToken);

    protected virtual Task OnStoppingAsync() => Task.CompletedTask;

    protected virtual Task ReleaseAsync() => Task.CompletedTask;

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        var command = await PrepareAsync(Port, cancellationToken);
        var logStart = File.Exists(command.LogFile) ? new FileInfo(command.LogFile).Length : 0;
        _process = await Host.Launcher.StartAsync(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        try
        {
            while (!await TryProbeAsync(limit.Token))
            {
                if (!_process.IsRunning)
                {
                    throw new EngineStartException(Name, $"ended with exit code {await _process.Exited}", LogSince(command.LogFile, logStart));
                }

                await Task.Delay(ProbeInterval, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await _process.KillAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw new EngineStartException(Name, $"did not answer within {StartLimit.TotalSeconds:0} s", LogSince(command.LogFile, logStart));
        }
    }

    private async Task<bool> TryProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            // The process first: on a port that somebody else has taken, somebody else would answer.
            return _process!.IsRunning && await AnswersAsync(cancellationToken) && _process.IsRunning;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string LogSince(string file, long position)
    {
        using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = position;
        return new StreamReader(stream).ReadToEnd();
    }
}
