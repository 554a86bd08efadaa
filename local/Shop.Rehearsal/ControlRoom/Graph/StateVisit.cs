using System.Text.Json;

namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>One stay in a state, with its attempts: what the history says between entering and leaving it.</summary>
internal sealed class StateVisit(string name, string type, string frame, long enteredEventId, DateTimeOffset enteredAt, JsonElement? input)
{
    public string Name { get; } = name;

    public string Type { get; } = type;

    public string Frame { get; } = frame;

    public long EnteredEventId { get; } = enteredEventId;

    public DateTimeOffset EnteredAt { get; } = enteredAt;

    public JsonElement? Input { get; } = input;

    public DateTimeOffset? LeftAt { get; set; }

    public JsonElement? Output { get; set; }

    public string? Next { get; set; }

    public int Attempts { get; set; }

    /// <summary>Of the last attempt that failed.</summary>
    public string? Error { get; set; }

    public string? Cause { get; set; }

    /// <summary>What the task was asked with.</summary>
    public JsonElement? Parameters { get; set; }

    public string? Resource { get; set; }

    public bool LastAttemptFailed { get; set; }

    public StateStatus Status { get; set; } = StateStatus.Running;
}
