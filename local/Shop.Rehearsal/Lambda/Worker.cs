using System.Globalization;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Lambda;

/// <summary>One process of a function: it takes one invocation at a time, and may be used again.</summary>
internal sealed class Worker
{
    private readonly ChildProcess _process;
    private readonly RuntimeApiMailbox _mailbox;
    private readonly LambdaOptions _options;
    private volatile bool _killed;

    private Worker(ChildProcess process, RuntimeApiMailbox mailbox, LambdaOptions options)
    {
        _process = process;
        _mailbox = mailbox;
        _options = options;
        Ended = WatchAsync();
    }

    public int Pid => _process.Pid;

    public bool IsAlive => !_killed && _process.IsRunning;

    /// <summary>Completes when the process is gone and its last caller has been told.</summary>
    public Task Ended { get; }

    public static async Task<Worker> StartAsync(
        FunctionDefinition definition, IReadOnlyDictionary<string, string> environment, RuntimeApiMailbox mailbox, LambdaOptions options)
    {
        var process = await options.Launcher.StartAsync(new ChildCommand
        {
            Name = $"lambda {definition.Name}",
            File = definition.Executable,
            Arguments = definition.Arguments,
            Environment = environment,
            LogFile = Path.Combine(options.LogFolder, $"{definition.Name}.log"),
        });
        return new Worker(process, mailbox, options);
    }

    /// <summary>Waits for the first poll; answers the error when there won't be one.</summary>
    public async Task<InvokeResult?> InitialiseAsync()
    {
        try
        {
            return await _mailbox.Initialised.WaitAsync(_options.InitTimeout, _options.Time);
        }
        catch (TimeoutException)
        {
            Kill();
            return InvokeResult.Failed("Sandbox.Timedout", $"Error: Initialisation timed out after {Seconds(_options.InitTimeout)} seconds");
        }
    }

    public async Task<InvokeResult> InvokeAsync(PendingInvocation invocation, TimeSpan timeout)
    {
        try
        {
            return await _mailbox.InvokeAsync(invocation).WaitAsync(timeout, _options.Time);
        }
        catch (TimeoutException)
        {
            var late = InvokeResult.Failed(
                "Sandbox.Timedout", $"RequestId: {invocation.RequestId} Error: Task timed out after {Seconds(timeout)} seconds");
            invocation.Complete(late);
            Kill();
            return await invocation.Result;
        }
    }

    public void Kill()
    {
        _killed = true;
        _process.Kill();
    }

    public Task TerminateAsync() => _process.TerminateAsync(_options.ShutdownTime);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);

    private async Task WatchAsync()
    {
        var code = await _process.Exited;
        _mailbox.Close("Runtime.ExitError", code switch
        {
            0 => "Runtime exited without providing a reason",
            137 => "Runtime exited with error: signal: killed",
            139 => "Runtime exited with error: signal: segmentation fault",
            _ => $"Runtime exited with error: exit status {code}",
        });
    }
}
