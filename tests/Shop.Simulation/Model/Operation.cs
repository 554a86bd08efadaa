using Shop.Simulation.Executions;

namespace Shop.Simulation.Model;

/// <summary>A change of writers under way. <c>Status</c> is what FailoverState says.</summary>
internal sealed record Operation(string From, string To, bool AllowsLoss, string Status, SimulatedExecution? By);

/// <summary>What describing a global cluster shows at one time.</summary>
internal sealed record Topology(DateTimeOffset Since, string Writer, Operation? Operation, bool IsConnected);

/// <summary>A change of writers that was accepted, and what became of it.</summary>
internal sealed class Promotion(string database, string from, string to, bool allowsLoss, SimulatedExecution? by, DateTimeOffset at)
{
    public string Database { get; } = database;

    public string From { get; } = from;

    public string To { get; } = to;

    public bool AllowsLoss { get; } = allowsLoss;

    /// <summary>Nobody of ours if null.</summary>
    public SimulatedExecution? By { get; } = by;

    public DateTimeOffset AcceptedAt { get; } = at;

    public DateTimeOffset? DoneAt { get; set; }

    public bool IsCancelled { get; set; }

    public int Lost { get; set; }
}
