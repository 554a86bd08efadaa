using Shop.Asl.History;

namespace Shop.Asl;

/// <summary>What an execution gets from its surroundings. Nothing else reaches it: the same options and seed give the same run.</summary>
public sealed record ExecutionOptions
{
    public required ITaskInvoker Tasks { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Receives every event, in order, never two at a time.</summary>
    public IExecutionHistory? History { get; init; }

    public TaskTokens Tokens { get; init; } = new();

    /// <summary>Source of retry jitter, task tokens, States.MathRandom without a seed, and States.UUID.</summary>
    public Random Random { get; init; } = Random.Shared;

    public required string ExecutionArn { get; init; }

    public string ExecutionName { get; init; } = "";

    public string StateMachineArn { get; init; } = "";

    public string StateMachineName { get; init; } = "";

    public string RoleArn { get; init; } = "";

    /// <summary>What ExecutionAborted says when the execution is cancelled: error and cause of StopExecution.</summary>
    public Func<(string? Error, string? Cause)>? AbortReason { get; init; }

    /// <summary>Of the first start, also in a redrive; now if not given.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>0 for the first run.</summary>
    public int RedriveCount { get; init; }

    /// <summary>For a redrive: where the earlier run ended; null if it had not left its beginning.</summary>
    public Checkpoint? Resume { get; init; }

    /// <summary>For a redrive: id of the last event of the earlier run.</summary>
    public long LastEventId { get; init; }

    /// <summary>The quota after which an execution fails.</summary>
    public long MaxHistoryEvents { get; init; } = 25_000;
}
