using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Shop.Asl;
using Shop.Asl.History;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class WhenAnExecutionIsRedriven : IAsyncDisposable
{
    private const string TwoTasks = """
        {"StartAt":"First","States":{
          "First":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"first","Payload":{}},"ResultPath":null,"Next":"Second"},
          "Second":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"second","Payload":{}},"ResultPath":null,"End":true}}}
        """;

    private readonly StepFunctionsRig _rig = new();
    private readonly List<string> _calls = [];
    private readonly StepFunctionsApi _api;
    private Func<string, Task<FunctionAnswer>> _answer = _ => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: false));

    public WhenAnExecutionIsRedriven()
    {
        _api = new StepFunctionsApi(_rig.Service);
        _rig.Function = (name, _, cancellationToken) =>
        {
            lock (_calls)
            {
                _calls.Add(name);
            }

            return _answer(name).WaitAsync(cancellationToken);
        };
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task It_goes_on_at_the_state_that_failed_under_the_same_arn()
    {
        var execution = await FailAsync();
        var before = await DescribeAsync(execution.Arn);
        Assert.Equal(("FAILED", 0, "REDRIVABLE"), ((string?)before["status"], (int)before["redriveCount"]!, (string?)before["redriveStatus"]));
        Assert.False(before.ContainsKey("redriveStatusReason") || before.ContainsKey("redriveDate"));
        var events = execution.EventCount;
        _answer = _ => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: false));

        var redriven = await CallAsync("RedriveExecution", new() { ["executionArn"] = execution.Arn });
        await EndAsync(execution);

        var after = await DescribeAsync(execution.Arn);
        Assert.Equal(("SUCCEEDED", 1, "NOT_REDRIVABLE"), ((string?)after["status"], (int)after["redriveCount"]!, (string?)after["redriveStatus"]));
        Assert.Equal("Execution is SUCCEEDED and cannot be redriven", (string?)after["redriveStatusReason"]);
        Assert.Equal((double)redriven["redriveDate"]!, (double)after["redriveDate"]!);
        Assert.Equal((double)before["startDate"]!, (double)after["startDate"]!);
        Assert.Equal(["first", "second", "second"], _calls);
        var first = execution.Events[events];
        Assert.Equal((HistoryEventType.ExecutionRedriven, events + 1L), (first.Type, first.Id));
        Assert.Equal(1, Assert.IsType<ExecutionRedrivenDetails>(first.Details).RedriveCount);
        Assert.Equal(Enumerable.Range(1, execution.EventCount).Select(i => (long)i), execution.Events.Select(e => e.Id));
    }

    [Fact]
    public async Task While_it_runs_it_has_no_end_and_can_not_be_redriven_again()
    {
        var execution = await FailAsync();
        var release = new TaskCompletionSource<FunctionAnswer>();
        _answer = _ => release.Task;
        _rig.Service.Redrive(execution.Arn);

        var running = await DescribeAsync(execution.Arn);
        Assert.Equal("RUNNING", (string?)running["status"]);
        Assert.False(running.ContainsKey("stopDate") || running.ContainsKey("error"));
        Assert.Equal("Execution is RUNNING and cannot be redriven", (string?)running["redriveStatusReason"]);
        Assert.Equal("ExecutionNotRedrivable", Assert.Throws<AwsServiceException>(() => _rig.Service.Redrive(execution.Arn)).ErrorType);

        release.SetResult(new("{}"u8.ToArray(), IsError: false));
        await EndAsync(execution);
        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
    }

    [Fact]
    public async Task The_same_client_token_is_the_same_redrive()
    {
        var execution = await FailAsync();
        JsonObject Redrive(string token) => new() { ["executionArn"] = execution.Arn, ["clientToken"] = token };
        var first = await CallAsync("RedriveExecution", Redrive("one"));
        await EndAsync(execution);
        var again = await CallAsync("RedriveExecution", Redrive("one"));
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal((1, ExecutionStatus.Failed), (execution.RedriveCount, execution.Status));

        await CallAsync("RedriveExecution", Redrive("two"));
        await EndAsync(execution);
        Assert.Equal(2, execution.RedriveCount);
    }

    [Fact]
    public async Task Executions_are_listed_by_whether_they_were_redriven()
    {
        var execution = await FailAsync();
        var other = _rig.Service.Start(execution.StateMachineArn);
        await EndAsync(other);
        _rig.Service.Redrive(execution.Arn);
        await EndAsync(execution);

        Assert.Equal([execution.Arn], await ListAsync("REDRIVEN"));
        Assert.Equal([other.Arn], await ListAsync("NOT_REDRIVEN"));

        async Task<IEnumerable<string?>> ListAsync(string filter)
        {
            var answer = await CallAsync("ListExecutions", new() { ["stateMachineArn"] = execution.StateMachineArn, ["redriveFilter"] = filter });
            return answer["executions"]!.AsArray().Select(item => (string?)item!["executionArn"]);
        }
    }

    [Fact]
    public async Task A_child_that_failed_is_started_anew()
    {
        var child = _rig.Service.Create("child", TwoTasks).Arn;
        _answer = name => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: name == "second"));
        var parent = await _rig.RunTaskAsync("arn:aws:states:::states:startExecution.sync:2", $$"""{"StateMachineArn":"{{child}}"}""");
        Assert.Equal("States.TaskFailed", parent.Outcome.Error);
        _answer = _ => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: false));

        _rig.Service.Redrive(parent.Arn);
        await EndAsync(parent);

        Assert.Equal(ExecutionStatus.Succeeded, parent.Status);
        Assert.Equal(
            [ExecutionStatus.Succeeded, ExecutionStatus.Failed],
            _rig.Service.Executions.Where(e => e.StateMachineArn == child).Select(e => e.Status));
    }

    [Fact]
    public async Task After_the_Region_was_lost_it_waits_for_the_Region()
    {
        var called = new TaskCompletionSource();
        _answer = name =>
        {
            called.TrySetResult();
            return new TaskCompletionSource<FunctionAnswer>().Task;
        };
        var execution = _rig.Service.Start(_rig.Service.Create("m", TwoTasks).Arn);
        await called.Task.WaitAsync(Cancellation);
        _rig.Power.TurnOff();
        await EndAsync(execution);
        Assert.Equal("Rehearsal.RegionLost", execution.Outcome.Error);
        Assert.Equal("ServiceUnavailable", Assert.Throws<AwsServiceException>(() => _rig.Service.Redrive(execution.Arn)).ErrorType);

        _rig.Power.TurnOn();
        _answer = _ => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: false));
        _rig.Service.Redrive(execution.Arn);
        await EndAsync(execution);

        Assert.Equal(ExecutionStatus.Succeeded, execution.Status);
    }

    [Fact]
    public async Task Two_weeks_after_its_end_it_is_too_late()
    {
        var time = new FakeTimeProvider();
        await using var service = new StepFunctionsService(new RegionPower("us-west-2"), new(), time);
        var execution = service.Start(service.Create("m", """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E"}}}""").Arn);
        await EndAsync(execution);

        time.Advance(TimeSpan.FromDays(14));
        service.Redrive(execution.Arn);
        await EndAsync(execution);
        time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        var refused = Assert.Throws<AwsServiceException>(() => service.Redrive(execution.Arn));
        Assert.Equal(("ExecutionNotRedrivable", "Execution redrivable period exceeded"), (refused.ErrorType, refused.Message));
    }

    [Fact]
    public async Task Without_room_in_its_history_it_is_not_redrivable()
    {
        var execution = _rig.Service.Start(_rig.Service.Create("endless", """
            {"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}}
            """).Arn);
        await EndAsync(execution);

        Assert.Equal((ExecutionStatus.Failed, "States.Runtime"), (execution.Status, execution.Outcome.Error));
        var refused = Assert.Throws<AwsServiceException>(() => _rig.Service.Redrive(execution.Arn));
        Assert.Equal(("ExecutionNotRedrivable", "Execution history event limit exceeded"), (refused.ErrorType, refused.Message));
    }

    [Fact]
    public async Task Beyond_the_quota_of_running_executions_nothing_more_runs()
    {
        await using var service = new StepFunctionsService(new RegionPower("us-west-2"), new() { MaxRunningExecutions = 1 }, TimeProvider.System);
        var failed = service.Start(service.Create("f", """{"StartAt":"F","States":{"F":{"Type":"Fail"}}}""").Arn);
        await EndAsync(failed);
        var wait = service.Create("w", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3600,"End":true}}}""").Arn;
        var running = service.Start(wait);

        Assert.Equal("ExecutionLimitExceeded", Assert.Throws<AwsServiceException>(() => service.Redrive(failed.Arn)).ErrorType);
        Assert.Equal("ExecutionLimitExceeded", Assert.Throws<AwsServiceException>(() => service.Start(wait)).ErrorType);

        await service.StopAsync(running.Arn);
        service.Redrive(failed.Arn);
        await EndAsync(failed);
        Assert.Equal(1, failed.RedriveCount);
    }

    private async Task<Execution> FailAsync()
    {
        _answer = name => Task.FromResult(new FunctionAnswer("{}"u8.ToArray(), IsError: name == "second"));
        var execution = _rig.Service.Start(_rig.Service.Create("two", TwoTasks).Arn);
        await EndAsync(execution);
        Assert.Equal(ExecutionStatus.Failed, execution.Status);
        return execution;
    }

    private Task<JsonObject> DescribeAsync(string arn) => CallAsync("DescribeExecution", new() { ["executionArn"] = arn });

    private async Task<JsonObject> CallAsync(string operation, JsonObject input) => await _api.Operations[operation](input.ToElement(), Cancellation);

    private static Task EndAsync(Execution execution) => execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
}
