using System.Diagnostics;

namespace Shop.Rehearsal.Supervision;

/// <summary>A running child: signals, end and log.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Process _process;

    internal ChildProcess(ChildCommand command, Process process)
    {
        Command = command;
        _process = process;
        Pid = process.Id;
        Exited = WaitAsync();
    }

    public ChildCommand Command { get; }

    public int Pid { get; }

    /// <summary>Completes with the exit code; 128 + signal when a signal ended it.</summary>
    public Task<int> Exited { get; }

    public bool IsRunning => !Exited.IsCompleted;

    public void Kill() => Signal(Signals.Kill);

    /// <summary>Freezes the process: its connections stay open and nothing answers.</summary>
    public void Suspend() => Signal(Signals.Stop);

    public void Resume() => Signal(Signals.Continue);

    public async Task KillAsync()
    {
        Kill();
        await Exited;
    }

    /// <summary>Asks the process to end, and ends it when it has not after five seconds.</summary>
    public async Task TerminateAsync(TimeSpan? patience = null)
    {
        // Only the process itself: an engine stops its own helpers, and they must be there until then.
        if (IsRunning)
        {
            Signals.Send(Pid, Signals.Terminate);
            Signals.SendToGroup(Pid, Signals.Continue);
        }

        if (await Task.WhenAny(Exited, Task.Delay(patience ?? Patience)) != Exited)
        {
            Kill();
        }

        await Exited;
    }

    public string LogTail(int lines = 15) =>
        File.Exists(Command.LogFile) ? string.Join('\n', File.ReadLines(Command.LogFile).TakeLast(lines)) : "";

    public async ValueTask DisposeAsync() => await TerminateAsync();

    private void Signal(int signal)
    {
        if (IsRunning)
        {
            Signals.SendToGroup(Pid, signal);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        // A crashed engine's helpers are still in its group, which nobody else can have been given yet.
        Signals.SendToGroup(Pid, Signals.Kill);
        _process.Dispose();
        return code;
    }
}
