using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>
/// Cases with <c>states</c> (or a whole <c>definition</c>), <c>input</c>, <c>tasks</c> and what to <c>expect</c>: <c>output</c>, or <c>error</c> and
/// <c>cause</c> (a part of it), <c>elapsed</c> seconds, <c>calls</c> (the tasks' inputs), <c>events</c> (their types).
/// </summary>
public sealed class ExecutionCases
{
    public static TheoryData<string, string> All => CaseFile.Names("data-flow", "variables", "waits", "errors", "parallel", "map", "distributed-map", "tasks", "context");

    [Theory]
    [MemberData(nameof(All))]
    public void Execution_does_what_the_case_expects(string topic, string name)
    {
        var @case = CaseFile.Find(topic, name);
        var machine = @case.TryGetProperty("definition", out var definition)
            ? new Machine(definition.GetRawText())
            : Machine.Of(@case.GetProperty("states").GetRawText());
        if (@case.TryGetProperty("tasks", out var tasks))
        {
            machine.Tasks.Script(tasks);
        }

        var result = machine.Run(@case.TryGetProperty("input", out var input) ? input.GetRawText() : "{}");

        Verify(@case.GetProperty("expect"), result, machine);
    }

    private static void Verify(JsonElement expect, ExecutionResult result, Machine machine)
    {
        var known = 0;
        foreach (var part in expect.EnumerateObject())
        {
            known++;
            switch (part.Name)
            {
                case "output":
                    Assert.True(result.Status == ExecutionStatus.Succeeded, $"{result.Error}: {result.Cause}");
                    CaseFile.AssertJson(part.Value, result.Output);
                    break;
                case "error":
                    Assert.Equal(ExecutionStatus.Failed, result.Status);
                    Assert.Equal(part.Value.GetString(), result.Error);
                    break;
                case "cause":
                    Assert.Contains(part.Value.GetString()!, result.Cause, StringComparison.Ordinal);
                    break;
                case "status":
                    Assert.Equal(part.Value.GetString(), result.Status.ToString());
                    break;
                case "elapsed":
                    Assert.Equal(part.Value.GetDouble(), machine.Time.Elapsed.TotalSeconds, 3);
                    break;
                case "calls":
                    CaseFile.AssertJson(part.Value, JsonElement.Parse($"[{string.Join(',', machine.Tasks.Calls.Select(call => call.Input.GetRawText()))}]"));
                    break;
                case "events":
                    Assert.Equal(part.Value.EnumerateArray().Select(e => e.GetString()!), machine.History.Types);
                    break;
                default:
                    Assert.Fail($"Unknown expectation {part.Name}");
                    break;
            }
        }

        Assert.True(known > 0, "The case expects nothing");
    }
}
