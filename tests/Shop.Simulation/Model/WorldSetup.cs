namespace Shop.Simulation.Model;

internal enum ApprovalAnswer
{
    Approve,
    Deny,
    Silence,
    ApproveThenDeny,
}

internal enum LagMetric
{
    Fresh,
    None,
    Failing,
}

/// <summary>How the world is at the beginning of a run, and what it will do by itself.</summary>
internal sealed record WorldSetup
{
    public string Writer { get; init; } = RegionCode.East;

    /// <summary>Regions whose routing control is On: both, as the store serves from both.</summary>
    public IReadOnlyList<string> Routed { get; init; } = RegionCode.Both;

    /// <summary>The Region that is lost, if one is, and when.</summary>
    public string? Lost { get; init; }

    public TimeSpan LostAt { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan BackAfter { get; init; } = TimeSpan.FromSeconds(105);

    /// <summary>Whether it is only cut off: its shoppers still reach it, and its database is alive.</summary>
    public bool IsOnlyCutOff { get; init; }

    /// <summary>Whether Aurora manages to stop the writes of an old primary.</summary>
    public bool AuroraFenceHolds { get; init; } = true;

    public TimeSpan Lag { get; init; } = TimeSpan.FromMilliseconds(800);

    public LagMetric LagMetric { get; init; } = LagMetric.Fresh;

    /// <summary>Databases whose secondary has lost its connection.</summary>
    public IReadOnlyList<string> Disconnected { get; init; } = [];

    /// <summary>Whether they connect again by themselves, after so long.</summary>
    public TimeSpan? ConnectedAfter { get; init; }

    public TimeSpan PromotionTakes { get; init; } = TimeSpan.FromSeconds(50);

    public TimeSpan DescribeIsStaleFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a promoted cluster restarts its instances; without end if null.</summary>
    public TimeSpan? TargetRestarts { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Databases whose promotion Aurora accepts and then cancels.</summary>
    public IReadOnlyList<string> Cancelled { get; init; } = [];

    /// <summary>Databases that refuse to be promoted at all.</summary>
    public IReadOnlyList<string> Unpromotable { get; init; } = [];

    /// <summary>Databases that somebody already moves, and where to.</summary>
    public IReadOnlyList<string> MovedByOthers { get; init; } = [];

    public string MovedTo { get; init; } = RegionCode.West;

    public TimeSpan MovedByOthersAt { get; init; }

    /// <summary>How many of the five ARC endpoints are down.</summary>
    public int EndpointsDown { get; init; }

    public TimeSpan EndpointsBackAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether the functions of routing say that all is well when they reached nobody: a planted bug.</summary>
    public bool RoutingFunctionSwallowsErrors { get; init; }

    /// <summary>How long a change takes to be seen at another endpoint.</summary>
    public TimeSpan RoutingSpreads { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Whether the two sides of a planned move are found different, as if a row had been written past the fence.</summary>
    public bool ProofDiffers { get; init; }

    public bool StoreSells { get; init; } = true;

    public ApprovalAnswer Answer { get; init; } = ApprovalAnswer.Approve;

    public TimeSpan AnswerAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after the return of its Region the snapshot of an old primary is there; never if null.</summary>
    public TimeSpan? SnapshotAfter { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>After how long a person stops a reconciliation that waits for a snapshot of a database that nobody left behind; never if null.</summary>
    public TimeSpan? HopelessStoppedAfter { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>Snapshots, clusters and instances of a reconciliation that end as failed, by the word in the action's name.</summary>
    public IReadOnlyList<string> FailedCopies { get; init; } = [];

    /// <summary>How many times a Region has no capacity for an instance.</summary>
    public int CapacityShortages { get; init; }

    /// <summary>Whether instances never finish to be deleted.</summary>
    public bool DeletionHangs { get; init; }

    public TimeSpan CopyTakes { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Names of functions that fail by themselves, with the error.</summary>
    public IReadOnlyDictionary<string, string> FailingFunctions { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the control table can't be reached.</summary>
    public bool ControlTableIsDown { get; init; }

    /// <summary>Items of the control table in both Regions, as DynamoDB JSON with <c>$region</c> and <c>$machine</c>-ARNs filled in by the scenario.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(80);
}
