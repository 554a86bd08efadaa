using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Answers tasks by state name: with a list of answers, one per attempt, or with a function.</summary>
internal sealed class FakeTasks : ITaskInvoker
{
    private readonly Dictionary<string, Func<TaskInvocation, CancellationToken, Task<JsonElement>>> _byState = [];

    public List<TaskInvocation> Calls { get; } = [];

    public FakeTasks On(string state, Func<TaskInvocation, CancellationToken, Task<JsonElement>> answer)
    {
        _byState[state] = answer;
        return this;
    }

    public FakeTasks On(string state, Func<TaskInvocation, string> answer)
        => On(state, (task, _) => Task.FromResult(JsonElement.Parse(answer(task))));

    public FakeTasks Fail(string state, string error, string? cause = null) => On(state, (_, _) => throw new TaskFailureException(error, cause));

    public FakeTasks Never(string state) => On(state, async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return default;
    });

    public Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        Calls.Add(task);
        return _byState.TryGetValue(task.StateName, out var answer) ? answer(task, cancellationToken) : Task.FromResult(task.Input);
    }
}
