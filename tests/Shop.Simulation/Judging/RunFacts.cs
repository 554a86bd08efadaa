using System.Text.Json;
using Shop.Simulation.Apis;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;

namespace Shop.Simulation.Judging;

/// <summary>What one regional failover was asked for and what it has done, with all that is nested in it.</summary>
internal sealed class RunFacts
{
    public RunFacts(SimulatedExecution run)
    {
        Run = run;
        var input = run.Input;
        Mode = input.Text("mode") is { Length: > 0 } mode ? mode : "switchover";
        IsDryRun = !input.TryGetProperty("dryRun", out var dryRun) || dryRun.ValueKind != JsonValueKind.False;
        AllowsLoss = input.Flag("allowDataLoss");
        NeedsApproval = input.TryGetProperty("approval", out var approval) && approval.Flag("required");
        IsOperated = !input.TryGetProperty("trigger", out var kind) || kind.ValueKind != JsonValueKind.Object || kind.Text("type") is "" or "operator";
        TriggerId = input.TryGetProperty("trigger", out var trigger) && trigger.ValueKind == JsonValueKind.Object ? trigger.Text("id") : "";
        Databases = input.TryGetProperty("databases", out var databases) && databases.ValueKind == JsonValueKind.Array
            ? [.. databases.EnumerateArray().Select(d => d.ToString())]
            : ["catalog", "orders"];
    }

    public SimulatedExecution Run { get; }

    public string Region => Run.Region;

    public string Peer => RegionCode.Peer(Run.Region);

    public string Mode { get; }

    public bool IsDryRun { get; }

    public bool AllowsLoss { get; }

    public bool NeedsApproval { get; }

    /// <summary>Empty if the input names none: such a start is a wish of its own.</summary>
    public string TriggerId { get; }

    public IReadOnlyList<string> Databases { get; }

    /// <summary>Started by a person, not by an alarm.</summary>
    public bool IsOperated { get; }

    public bool IsApproved { get; set; }

    public bool IsAnswered { get; set; }

    public bool HasTriedToFence { get; set; }

    /// <summary>It took the other Region out of service, which was in service before.</summary>
    public bool HasTakenPeerOff { get; set; }

    /// <summary>It asked for a promotion or a change of routing.</summary>
    public bool HasActed { get; set; }

    /// <summary>The same, since it was started or redriven.</summary>
    public bool ActsNow { get; set; }

    /// <summary>It has let go of its lock: what it does after that is no business of the next one.</summary>
    public bool HasReleased { get; set; }

    public bool HasRecord { get; set; }

    /// <summary>Databases that it saw on their way to its Region, whoever had asked for that.</summary>
    public HashSet<string> Joined { get; } = [];

    public bool WasAborted { get; set; }

    /// <summary>Actions that had a fault, in any of its executions.</summary>
    public HashSet<string> Disturbed { get; } = new(StringComparer.Ordinal);

    public bool IsDisturbed(string prefix) => Disturbed.Any(key => key.StartsWith(prefix, StringComparison.Ordinal));
}
