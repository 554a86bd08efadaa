using System.Text.Json;

namespace Shop.Asl.History;

/// <summary>Reads events that were kept: the shapes of GetExecutionHistory, with all data.</summary>
internal static class HistoryEventReader
{
    public static HistoryEvent Read(JsonElement kept)
    {
        var type = Enum.Parse<HistoryEventType>(kept.GetProperty("type"u8).GetString()!);
        var details = kept.TryGetProperty(HistoryEvent.DetailsField(type), out var found) ? ReadDetails(type, found, kept) : null;
        return new HistoryEvent(
            kept.GetProperty("id"u8).GetInt64(),
            kept.GetProperty("previousEventId"u8).GetInt64(),
            DateTimeOffset.FromUnixTimeMilliseconds((long)(kept.GetProperty("timestamp"u8).GetDecimal() * 1000)),
            type,
            details) { Frame = Text(kept, "frame") ?? "" };
    }

    private static HistoryEventDetails ReadDetails(HistoryEventType type, JsonElement from, JsonElement kept) => type switch
    {
        HistoryEventType.ExecutionStarted => new ExecutionStartedDetails(Data(from, "input"), Text(from, "roleArn") ?? ""),
        HistoryEventType.ExecutionSucceeded or HistoryEventType.LambdaFunctionSucceeded => new OutputDetails(Data(from, "output")),
        HistoryEventType.ExecutionRedriven => new ExecutionRedrivenDetails(from.GetProperty("redriveCount"u8).GetInt32()),
        HistoryEventType.MapStateStarted => new MapStateStartedDetails(from.GetProperty("length"u8).GetInt32()),
        HistoryEventType.MapRunStarted => new MapRunStartedDetails(Text(from, "mapRunArn")!),
        HistoryEventType.MapIterationStarted or HistoryEventType.MapIterationSucceeded
            or HistoryEventType.MapIterationFailed or HistoryEventType.MapIterationAborted
            => new MapIterationDetails(Text(from, "name")!, from.GetProperty("index"u8).GetInt32()),
        HistoryEventType.TaskScheduled => new TaskScheduledDetails(
            Text(from, "resourceType")!, Text(from, "resource")!, Text(from, "region")!, Data(from, "parameters"),
            Number(from, "timeoutInSeconds"), Number(from, "heartbeatInSeconds")),
        HistoryEventType.TaskStarted => new TaskStartedDetails(Text(from, "resourceType")!, Text(from, "resource")!),
        HistoryEventType.TaskSubmitted or HistoryEventType.TaskSucceeded
            => new TaskOutputDetails(Text(from, "resourceType")!, Text(from, "resource")!, Data(from, "output")),
        HistoryEventType.TaskFailed or HistoryEventType.TaskTimedOut or HistoryEventType.TaskStartFailed or HistoryEventType.TaskSubmitFailed
            => new TaskFailureDetails(Text(from, "resourceType")!, Text(from, "resource")!, Text(from, "error"), Text(from, "cause")),
        HistoryEventType.LambdaFunctionScheduled
            => new LambdaFunctionScheduledDetails(Text(from, "resource")!, Data(from, "input"), Number(from, "timeoutInSeconds")),
        _ when from.TryGetProperty("input"u8, out _) => new StateEnteredDetails(Text(from, "name")!, Data(from, "input")),
        _ when from.TryGetProperty("output"u8, out _)
            => new StateExitedDetails(Text(from, "name")!, Data(from, "output"), Variables(from)) { Next = Text(kept, "next") },
        _ => new FailureDetails(Text(from, "error"), Text(from, "cause")),
    };

    private static Dictionary<string, JsonElement>? Variables(JsonElement from) => from.TryGetProperty("assignedVariables"u8, out var assigned)
        ? assigned.EnumerateObject().ToDictionary(variable => variable.Name, variable => Asl.Data.Json.Parse(variable.Value.GetString()!), StringComparer.Ordinal)
        : null;

    /// <summary>Data is JSON in a string.</summary>
    private static JsonElement Data(JsonElement from, string name) => Asl.Data.Json.Parse(from.GetProperty(name).GetString()!);

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetInt64() : null;
}
