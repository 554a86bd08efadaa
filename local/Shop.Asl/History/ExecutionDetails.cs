using System.Text.Json;

namespace Shop.Asl.History;

public sealed record ExecutionStartedDetails(JsonElement Input, string RoleArn) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        WriteData(writer, "input", Input, includeData);
        writer.WriteString("roleArn"u8, RoleArn);
    }
}

/// <summary>The output of an execution or of a function called by its own ARN.</summary>
public sealed record OutputDetails(JsonElement Output) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData) => WriteData(writer, "output", Output, includeData);
}

/// <summary>How an execution, or a function called by its own ARN, failed, timed out or was aborted.</summary>
public sealed record FailureDetails(string? Error, string? Cause) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        WriteOptional(writer, "error", Error);
        WriteOptional(writer, "cause", Cause);
    }
}

public sealed record ExecutionRedrivenDetails(int RedriveCount) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData) => writer.WriteNumber("redriveCount"u8, RedriveCount);
}
