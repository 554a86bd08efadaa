namespace Shop.Reconcile;

/// <summary>A bitmask, as <c>pt-table-checksum</c> has one: a script tests the bits that it cares about.</summary>
[Flags]
internal enum ExitCode
{
    Equal = 0,

    /// <summary>Something went wrong; the message says what.</summary>
    Error = 1,

    /// <summary>Another process is at work on this run.</summary>
    AlreadyRunning = 2,

    /// <summary>Stopped by Ctrl+C or SIGTERM; the same command goes on from its checkpoints.</summary>
    Stopped = 4,

    /// <summary>A replay did not find on the source what it was to put back: perhaps it is the wrong one.</summary>
    SourceGone = 8,

    /// <summary>The two sides differ.</summary>
    Different = 16,

    /// <summary>Not everything was compared: the report is a lower bound.</summary>
    Partial = 32,

    /// <summary>A table could not be compared at all.</summary>
    TableSkipped = 64,

    /// <summary>A replay met rows with other content and left them as they are.</summary>
    Conflict = 128,
}
