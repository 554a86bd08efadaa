namespace Shop.Simulation.Schedules;

/// <summary>What can go wrong with one call of a task. The letter is how a schedule's text names it.</summary>
internal enum FaultKind
{
    /// <summary>Refused or failed, with no effect.</summary>
    Error = 'e',

    /// <summary>It had its effect, and the answer was an error.</summary>
    LostAnswer = 'l',

    /// <summary>No answer and no effect.</summary>
    Timeout = 't',

    /// <summary>It had its effect, and no answer came.</summary>
    TimeoutWithEffect = 'w',

    /// <summary>No answer; the effect comes when the caller has given up.</summary>
    LateEffect = 'z',

    /// <summary>Delivered twice: the second answer is the one that is seen.</summary>
    Twice = 'd',

    /// <summary>It had its effect, and then the execution was aborted; redriven half a minute later.</summary>
    Crash = 'x',

    /// <summary>The same, but redriven three hours later, when what it had started is over.</summary>
    CrashForLong = 'y',

    /// <summary><see cref="Error"/> at this attempt and at each of its retries.</summary>
    ErrorAlways = 'E',

    /// <summary><see cref="LostAnswer"/> at this attempt and at each of its retries.</summary>
    LostAnswerAlways = 'L',

    /// <summary><see cref="Timeout"/> at this attempt and at each of its retries.</summary>
    TimeoutAlways = 'T',

    /// <summary>From this call on the same action fails in this Region, for everybody, for forty minutes.</summary>
    Outage = 'O',
}
