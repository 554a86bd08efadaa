namespace Shop.Simulation.Schedules;

/// <summary>What can happen between two events of the histories. The letter is how a schedule's text names it.</summary>
internal enum BoundaryKind
{
    /// <summary>The run is aborted, and that is that.</summary>
    Abort = 'a',

    /// <summary>The run is aborted and redriven half a minute later.</summary>
    Redrive = 'r',

    /// <summary>The run is aborted and redriven three hours later, when what it had started is over.</summary>
    RedriveLate = 'q',

    /// <summary>The host of the state machines dies with everything that runs; what nobody else started is redriven half a minute later.</summary>
    HostCrash = 'h',

    /// <summary>Only the execution whose event it was is aborted: a nested one, under its parent's eyes.</summary>
    StopOne = 's',

    /// <summary>The run is aborted, and an operator starts another one half a minute later.</summary>
    StartAfresh = 'n',

    /// <summary>The same trigger is delivered again.</summary>
    Duplicate = 'd',

    /// <summary>An operator starts a failover towards the other Region.</summary>
    Opposite = 'o',

    /// <summary>An operator starts the same move, beside the one that runs.</summary>
    Operator = 'p',

    /// <summary>Whatever fails is redriven a minute after it failed, once.</summary>
    RedriveFailed = 'v',
}
