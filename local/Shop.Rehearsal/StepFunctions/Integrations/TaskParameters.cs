using System.Text.Json;
using Shop.Asl;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>Readers of a task's Parameters.</summary>
internal static class TaskParameters
{
    public static string? Optional(TaskInvocation task, string name) =>
        task.Input.ValueKind == JsonValueKind.Object && task.Input.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid(task, $"'{name}' must be a string")
            : null;

    public static string Required(TaskInvocation task, string name) =>
        Optional(task, name) ?? throw Invalid(task, $"the required field '{name}' is missing");

    /// <summary>A member that may be JSON or the text of JSON: Message, Detail, Input.</summary>
    public static string? Text(JsonElement parameters, string name) =>
        parameters.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;

    public static TaskFailureException Invalid(TaskInvocation task, string reason) =>
        new("States.Runtime", $"The Parameters of state '{task.StateName}' could not be used to call {task.Resource}: {reason}.")
        {
            BeforeStart = true,
        };
}
