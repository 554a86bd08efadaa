using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.Tests;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Failover.Tests.Machines;

/// <summary>Runs one of the real definitions on a clock that jumps. Tasks answer <c>{}</c> unless the test says what they answer.</summary>
internal sealed class PlayedMachine(string name) : ITaskInvoker
{
    private const string Region = "us-east-1";
    private readonly Dictionary<string, Func<JsonNode>> _answers = new(StringComparer.Ordinal);

    public List<(string State, JsonElement Input)> Calls { get; } = [];

    public VirtualTime Time { get; } = new();

    public int CallsOf(string state) => Calls.Count(c => c.State == state);

    public JsonElement InputOf(string state) => Calls.Last(c => c.State == state).Input;

    public PlayedMachine Answer(string state, params string[] answers)
    {
        var next = 0;
        _answers[state] = () => JsonNode.Parse(answers[Math.Min(next++, answers.Length - 1)])!;
        return this;
    }

    public PlayedMachine Fail(string state, string error, string? cause = null)
    {
        _answers[state] = () => throw new TaskFailureException(error, cause ?? $"{state} fails.");
        return this;
    }

    public async Task<ExecutionResult> RunAsync(string input)
    {
        await using var service = new StepFunctionsService(new RegionPower(Region), new StepFunctionsOptions(), TimeProvider.System);
        new StateMachineDeployment(Workspace.Find(), new RehearsalOptions()).Deploy(service, Region, "arn:control:here", "arn:control:there", "127.0.0.1:1", "127.0.0.1:2");
        var machine = service.StateMachines.Single(m => m.Name == name).Machine;
        var options = new ExecutionOptions { Tasks = this, Time = Time, Random = new Random(7), ExecutionArn = $"arn:aws:states:{Region}:0:execution:{name}:run", ExecutionName = "run" };
        return Time.Run(() => Interpreter.RunAsync(machine, JsonElement.Parse(input), options, default));
    }

    public Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
    {
        Calls.Add((task.StateName, task.Input.Clone()));
        return Task.FromResult(JsonSerializer.SerializeToElement(_answers.TryGetValue(task.StateName, out var answer) ? answer() : new JsonObject()));
    }
}
