using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class NestedExecutionTests : IAsyncDisposable
{
    private const string Start = "arn:aws:states:::states:startExecution";
    private readonly StepFunctionsRig _rig = new();
    private readonly TaskCompletionSource _called = new();
    private readonly string _echo;
    private readonly string _hanging;
    private readonly string _failing;

    public NestedExecutionTests()
    {
        _echo = _rig.Service.Create("echo", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""").Arn;
        _failing = _rig.Service.Create("failing", """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"Shop.No","Cause":"never"}}}""").Arn;
        _hanging = _rig.CreateTask("hanging", "arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""");
        _rig.Function = async (_, _, cancellation) =>
        {
            _called.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
            throw new InvalidOperationException("An endless task ended.");
        };
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Fire_and_forget_returns_the_arn_of_the_child()
    {
        var parent = await _rig.RunTaskAsync(Start, $$"""{"StateMachineArn":"{{_echo}}","Name":"child-1","Input":{"a":1} }""");

        var arn = (string?)JsonNode.Parse(parent.Outcome.Output!)!["ExecutionArn"];
        Assert.Equal("arn:aws:states:us-west-2:000000000000:execution:echo:child-1", arn);
        await _rig.Service.GetExecution(arn!).Completion;
        Assert.Equal("""{"a":1}""", _rig.Service.GetExecution(arn!).Outcome.Output);
    }

    [Fact]
    public async Task Sync_waits_and_gives_the_output_as_text()
    {
        var output = JsonNode.Parse((await _rig.RunTaskAsync(
            Start + ".sync", $$"""{"StateMachineArn":"{{_echo}}","Input":{"a":1} }""")).Outcome.Output!)!;

        Assert.Equal("SUCCEEDED", (string?)output["Status"]);
        Assert.Equal("""{"a":1}""", (string?)output["Output"]);
        Assert.Equal("""{"a":1}""", (string?)output["Input"]);
    }

    [Fact]
    public async Task Sync_2_gives_the_output_as_json_and_notes_the_child_in_the_history()
    {
        var parent = await _rig.RunTaskAsync(Start + ".sync:2", $$"""{"StateMachineArn":"{{_echo}}","Input":{"a":[1] } }""");

        Assert.Equal("""{"a":[1]}""", JsonNode.Parse(parent.Outcome.Output!)!["Output"]!.ToJsonString());
        var submitted = Assert.IsType<TaskOutputDetails>(parent.Events.Single(item => item.Type == HistoryEventType.TaskSubmitted).Details);
        Assert.StartsWith("arn:aws:states:us-west-2:000000000000:execution:echo:",
            submitted.Output.GetProperty("ExecutionArn").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_child_is_a_failed_task_with_the_child_as_its_cause()
    {
        var outcome = (await _rig.RunTaskAsync(Start + ".sync:2", $$"""{"StateMachineArn":"{{_failing}}"}""")).Outcome;

        Assert.Equal("States.TaskFailed", outcome.Error);
        var child = JsonNode.Parse(outcome.Cause!)!;
        Assert.Equal(("FAILED", "Shop.No", "never"), ((string?)child["Status"], (string?)child["Error"], (string?)child["Cause"]));
    }

    [Fact]
    public async Task A_parent_that_is_stopped_stops_its_child()
    {
        var parent = _rig.Service.Start(_rig.CreateTask("parent", Start + ".sync:2", $$"""{"StateMachineArn":"{{_hanging}}","Name":"child"}"""));
        await _called.Task.WaitAsync(TestContext.Current.CancellationToken);

        await _rig.Service.StopAsync(parent.Arn, "Ops.Stop", "enough");

        var child = _rig.Service.GetExecution(StepFunctionsArn.Execution("us-west-2", "hanging", "child"));
        await child.Completion.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal((ExecutionStatus.Aborted, ExecutionStatus.Aborted), (parent.Status, child.Status));
        Assert.Equal("Ops.Stop", parent.Outcome.Error);
    }

    [Fact]
    public async Task A_name_that_is_taken_has_the_error_name_of_the_optimised_integration()
    {
        var parameters = $$"""{"StateMachineArn":"{{_echo}}","Name":"taken"}""";
        await _rig.RunTaskAsync(Start + ".sync", parameters);

        Assert.Equal("StepFunctions.ExecutionAlreadyExistsException", (await _rig.RunTaskAsync(Start, parameters)).Outcome.Error);
    }

    [Fact]
    public async Task A_machine_that_is_not_there_has_the_error_name_of_the_optimised_integration() =>
        Assert.Equal("StepFunctions.StateMachineDoesNotExistException",
            (await _rig.RunTaskAsync(Start + ".sync:2", $$"""{"StateMachineArn":"{{_echo}}0"}""")).Outcome.Error);

    [Fact]
    public async Task A_child_of_another_region_can_not_be_started() =>
        Assert.NotNull((await _rig.RunTaskAsync(
            Start, $$"""{"StateMachineArn":"{{_echo.Replace("us-west-2", "us-east-1", StringComparison.Ordinal)}}"}""")).Outcome.Error);
}
