using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The output shapes of the Step Functions API.</summary>
internal static class StepFunctionsJson
{
    public static JsonObject Describe(Execution execution, DateTimeOffset now, bool includeData = true)
    {
        var json = Summary(execution);
        var outcome = execution.Outcome;
        if (includeData)
        {
            json["input"] = execution.Input;
            AddIfPresent(json, "output", outcome.Output);
            AddIfPresent(json, "error", outcome.Error);
            AddIfPresent(json, "cause", outcome.Cause);
        }

        json["inputDetails"] = new JsonObject { ["included"] = includeData };
        if (outcome.Output is not null)
        {
            json["outputDetails"] = new JsonObject { ["included"] = includeData };
        }

        var reason = RedriveStatus.ReasonAgainst(execution, now);
        json["redriveStatus"] = reason is null ? "REDRIVABLE" : "NOT_REDRIVABLE";
        AddIfPresent(json, "redriveStatusReason", reason);
        return json;
    }

    public static JsonObject Summary(Execution execution)
    {
        var outcome = execution.Outcome;
        var json = new JsonObject
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.StateMachineArn,
            ["name"] = execution.Name,
            ["status"] = ExecutionOutcome.Name(outcome.Status),
            ["startDate"] = execution.StartDate.ToEpochSeconds(),
        };
        if (outcome.StopDate is { } stopDate)
        {
            json["stopDate"] = stopDate.ToEpochSeconds();
        }

        json["redriveCount"] = execution.RedriveCount;
        if (execution.RedriveDate is { } redriveDate)
        {
            json["redriveDate"] = redriveDate.ToEpochSeconds();
        }

        return json;
    }

    public static JsonObject Summary(StateMachineRecord machine) => new()
    {
        ["stateMachineArn"] = machine.Arn,
        ["name"] = machine.Name,
        ["type"] = "STANDARD",
        ["creationDate"] = machine.CreationDate.ToEpochSeconds(),
    };

    public static JsonObject Describe(StateMachineRecord machine, bool includeData)
    {
        var json = Definition(machine, includeData);
        json["status"] = "ACTIVE";
        json["type"] = "STANDARD";
        json["creationDate"] = machine.CreationDate.ToEpochSeconds();
        return json;
    }

    public static JsonObject DescribeFor(Execution execution, bool includeData)
    {
        var json = Definition(execution.StateMachine, includeData);
        json["updateDate"] = execution.StateMachine.UpdateDate.ToEpochSeconds();
        return json;
    }

    public static JsonObject Diagnostic(Diagnostic diagnostic)
    {
        var json = new JsonObject
        {
            ["severity"] = diagnostic.Severity == DiagnosticSeverity.Error ? "ERROR" : "WARNING",
            ["code"] = diagnostic.Code,
            ["message"] = diagnostic.Message,
        };
        AddIfPresent(json, "location", diagnostic.Location.Length == 0 ? null : diagnostic.Location);
        return json;
    }

    public static JsonNode Event(HistoryEvent historyEvent, bool includeData)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            historyEvent.WriteTo(writer, includeData);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!;
    }

    private static JsonObject Definition(StateMachineRecord machine, bool includeData)
    {
        var json = new JsonObject
        {
            ["stateMachineArn"] = machine.Arn,
            ["name"] = machine.Name,
            ["definition"] = includeData ? machine.Machine.Definition : "{}",
            ["roleArn"] = machine.RoleArn,
            ["loggingConfiguration"] = new JsonObject { ["level"] = "OFF", ["includeExecutionData"] = false },
            ["tracingConfiguration"] = new JsonObject { ["enabled"] = false },
        };
        AddIfPresent(json, "revisionId", machine.IsUpdated ? machine.RevisionId : null);
        return json;
    }

    private static void AddIfPresent(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }
}
