using System.Text.Json.Nodes;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Tells the Region's bus when an execution starts or ends: <c>Step Functions Execution Status Change</c>.</summary>
public static class ExecutionStatusEvents
{
    public static void PublishTo(this StepFunctionsService service, EventBus bus) =>
        service.StatusChanged += execution => bus.Publish(
            "aws.states", "Step Functions Execution Status Change", Detail(execution, service.Now), [execution.Arn]);

    private static JsonObject Detail(Execution execution, DateTimeOffset now)
    {
        var outcome = execution.Outcome;
        var reason = RedriveStatus.ReasonAgainst(execution, now);
        return new()
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.StateMachineArn,
            ["name"] = execution.Name,
            ["status"] = ExecutionOutcome.Name(outcome.Status),
            ["startDate"] = execution.StartDate.ToUnixTimeMilliseconds(),
            ["stopDate"] = outcome.StopDate?.ToUnixTimeMilliseconds(),
            ["input"] = execution.Input,
            ["inputDetails"] = new JsonObject { ["included"] = true },
            ["output"] = outcome.Output,
            ["outputDetails"] = outcome.Output is null ? null : new JsonObject { ["included"] = true },
            ["error"] = outcome.Error,
            ["cause"] = outcome.Cause,
            ["stateMachineVersionArn"] = null,
            ["stateMachineAliasArn"] = null,
            ["redriveCount"] = execution.RedriveCount,
            ["redriveDate"] = execution.RedriveDate?.ToUnixTimeMilliseconds(),
            ["redriveStatus"] = reason is null ? "REDRIVABLE" : "NOT_REDRIVABLE",
            ["redriveStatusReason"] = reason,
        };
    }
}
