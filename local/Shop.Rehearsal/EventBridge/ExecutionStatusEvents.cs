using System.Text.Json.Nodes;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.EventBridge;

/// <summary>Tells the Region's bus when an execution starts or ends: <c>Step Functions Execution Status Change</c>.</summary>
public static class ExecutionStatusEvents
{
    public static void PublishTo(this StepFunctionsService service, EventBus bus) =>
        service.StatusChanged += execution => bus.Publish(
            "aws.states", "Step Functions Execution Status Change", Detail(execution), [execution.Arn]);

    private static JsonObject Detail(Execution execution)
    {
        var outcome = execution.Outcome;
        return new()
        {
            ["executionArn"] = execution.Arn,
            ["stateMachineArn"] = execution.StateMachineArn,
            ["name"] = execution.Name,
            ["status"] = ExecutionOutcome.Name(outcome.Status),
            ["startDate"] = execution.StartDate.ToUnixTimeMilliseconds(),
            ["stopDate"] = outcome.StopDate?.ToUnixTimeMilliseconds(),
            ["input"] = execution.Input,
            ["output"] = outcome.Output,
            ["error"] = outcome.Error,
            ["cause"] = outcome.Cause,
        };
    }
}
