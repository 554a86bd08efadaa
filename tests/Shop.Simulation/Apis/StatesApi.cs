using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;

namespace Shop.Simulation.Apis;

/// <summary>Step Functions as its own machines see it: <c>states:startExecution</c> and <c>sfn:describeExecution</c>.</summary>
internal static class StatesApi
{
    public static SimulatedExecution Start(SimulatedExecution by, TaskInvocation task, bool waits)
    {
        var name = task.Input.Text("Name") is { Length: > 0 } given ? given : null;
        var input = task.Input.TryGetProperty("Input", out var value) ? value.Clone() : Answer.Empty;
        return by.Cloud.Start(task.Input.Text("StateMachineArn"), name, input, waits ? by : null, by);
    }

    public static JsonElement Started(SimulatedExecution execution) => Answer.Object(writer =>
    {
        writer.WriteString("ExecutionArn"u8, execution.Arn);
        writer.WriteNumber("StartDate"u8, execution.StartTime.ToUnixTimeMilliseconds());
    });

    /// <summary>What <c>.sync:2</c> answers, or how it fails.</summary>
    public static JsonElement Outcome(SimulatedExecution child) => child.Status == ExecutionStatus.Succeeded
        ? Answer.Object(writer => Write(writer, child))
        : throw new TaskFailureException("States.TaskFailed", Answer.Object(writer => Write(writer, child)).GetRawText());

    public static JsonElement Describe(SimulatedExecution execution, ActionName action, JsonElement request)
    {
        if (action.Action != "describeExecution")
        {
            throw Errors.Unknown(action);
        }

        return execution.Cloud.Find(request.Text("ExecutionArn")) is { } found
            ? Answer.Object(writer => Write(writer, found))
            : throw new TaskFailureException("Sfn.ExecutionDoesNotExistException", $"Execution Does Not Exist: '{request.Text("ExecutionArn")}'");
    }

    private static void Write(Utf8JsonWriter writer, SimulatedExecution execution)
    {
        writer.WriteString("ExecutionArn"u8, execution.Arn);
        writer.WriteString("StateMachineArn"u8, execution.Machine.Arn);
        writer.WriteString("Name"u8, execution.Name);
        writer.WriteString("Status"u8, execution.Status switch
        {
            ExecutionStatus.TimedOut => "TIMED_OUT",
            var status => status.ToString().ToUpperInvariant(),
        });
        writer.WriteString("StartDate"u8, Answer.Iso(execution.StartTime));
        if (execution is { IsRunning: false, Result: { } result })
        {
            writer.WriteString("StopDate"u8, Answer.Iso(execution.EndTime!.Value));
            WriteOptional(writer, "Error", result.Error);
            WriteOptional(writer, "Cause", result.Cause);
            if (result.Output is { } output)
            {
                writer.WritePropertyName("Output"u8);
                output.WriteTo(writer);
            }
        }
    }

    private static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
