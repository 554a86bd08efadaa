using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Sets task answers from a case: per state one answer, or an array of them, one per attempt; the last one stays.</summary>
internal static class ScriptedTasks
{
    public static void Script(this FakeTasks tasks, JsonElement script)
    {
        foreach (var state in script.EnumerateObject())
        {
            var answers = state.Value.ValueKind == JsonValueKind.Array ? state.Value.EnumerateArray().ToArray() : [state.Value];
            var calls = 0;
            tasks.On(state.Name, (task, cancellationToken) => AnswerAsync(answers[Math.Min(calls++, answers.Length - 1)], task, cancellationToken));
        }
    }

    private static async Task<JsonElement> AnswerAsync(JsonElement answer, TaskInvocation task, CancellationToken cancellationToken)
    {
        if (answer.TryGetProperty("output", out var output))
        {
            return output;
        }

        if (answer.TextOrNull("error") is { } error)
        {
            throw new TaskFailureException(error, answer.TextOrNull("cause"));
        }

        if (answer.TryGetProperty("echo", out _))
        {
            return task.Input;
        }

        if (answer.TryGetProperty("outputOfSize", out var size))
        {
            return JsonElement.Parse(JsonSerializer.Serialize(new string('x', size.GetInt32() - 2)));
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("A task that never ends has ended");
    }
}
