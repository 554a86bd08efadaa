using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Lambda;

public sealed record LambdaOptions
{
    public required IProcessLauncher Launcher { get; init; }

    /// <summary>Each function's output goes to <c>&lt;name&gt;.log</c> in here.</summary>
    public required string LogFolder { get; init; }

    public string Account { get; init; } = "000000000000";

    /// <summary>How long an executable may take to its first poll.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a busy worker is waited for before another one is started.</summary>
    public TimeSpan ScaleOutDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an invocation waits at the concurrency limit before it is throttled.</summary>
    public TimeSpan QueueTime { get; init; } = TimeSpan.FromSeconds(10);

    public int QueueLength { get; init; } = 64;

    /// <summary>Between SIGTERM and SIGKILL.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(2);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
