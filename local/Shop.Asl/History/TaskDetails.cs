using System.Text.Json;

namespace Shop.Asl.History;

public sealed record TaskScheduledDetails(
    string ResourceType, string Resource, string Region, JsonElement Parameters, long? TimeoutInSeconds, long? HeartbeatInSeconds)
    : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("resourceType"u8, ResourceType);
        writer.WriteString("resource"u8, Resource);
        writer.WriteString("region"u8, Region);
        writer.WriteString("parameters"u8, includeData ? Parameters.GetRawText() : "");
        WriteOptional(writer, "timeoutInSeconds", TimeoutInSeconds);
        WriteOptional(writer, "heartbeatInSeconds", HeartbeatInSeconds);
    }
}

public sealed record TaskStartedDetails(string ResourceType, string Resource) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("resourceType"u8, ResourceType);
        writer.WriteString("resource"u8, Resource);
    }
}

/// <summary>Of TaskSubmitted and TaskSucceeded.</summary>
public sealed record TaskOutputDetails(string ResourceType, string Resource, JsonElement Output) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("resourceType"u8, ResourceType);
        writer.WriteString("resource"u8, Resource);
        WriteData(writer, "output", Output, includeData);
    }
}

/// <summary>Of TaskFailed, TaskTimedOut, TaskStartFailed and TaskSubmitFailed.</summary>
public sealed record TaskFailureDetails(string ResourceType, string Resource, string? Error, string? Cause) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("resourceType"u8, ResourceType);
        writer.WriteString("resource"u8, Resource);
        WriteOptional(writer, "error", Error);
        WriteOptional(writer, "cause", Cause);
    }
}

/// <summary>Of a function called by its own ARN.</summary>
public sealed record LambdaFunctionScheduledDetails(string Resource, JsonElement Input, long? TimeoutInSeconds) : HistoryEventDetails
{
    internal override void Write(Utf8JsonWriter writer, bool includeData)
    {
        writer.WriteString("resource"u8, Resource);
        WriteData(writer, "input", Input, includeData);
        WriteOptional(writer, "timeoutInSeconds", TimeoutInSeconds);
    }
}
