using Shop.Asl;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.StepFunctions;

namespace Shop.Rehearsal.Tests.StepFunctions;

public sealed class WhenARegionIsLost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("history-").FullName;
    private readonly TaskCompletionSource _called = new();
    private StepFunctionsRig _rig = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _rig = new(historyFolder: _folder)
        {
            Function = async (_, _, cancellation) =>
            {
                _called.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                throw new InvalidOperationException("An endless task ended.");
            },
        };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Its_executions_end_where_they_are_and_new_ones_are_refused()
    {
        var machine = _rig.CreateTask("hanging", "arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""");
        var execution = _rig.Service.Start(machine);
        await _called.Task.WaitAsync(Cancellation);

        _rig.Power.TurnOff();
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal((ExecutionStatus.Aborted, "Rehearsal.RegionLost"), (execution.Status, execution.Outcome.Error));
        Assert.Equal("ServiceUnavailable", Assert.Throws<AwsServiceException>(() => _rig.Service.Start(machine)).ErrorType);

        _rig.Power.TurnOn();
        Assert.Equal(ExecutionStatus.Running, _rig.Service.Start(machine).Status);
    }

    [Fact]
    public async Task The_history_of_an_execution_is_on_disk_while_it_runs()
    {
        var machine = _rig.CreateTask("hanging", "arn:aws:states:::lambda:invoke", """{"FunctionName":"f"}""");
        var execution = _rig.Service.Start(machine, "run-1");
        await _called.Task.WaitAsync(Cancellation);

        await using var file = new FileStream(
            Path.Combine(_folder, "hanging", "run-1.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var lines = (await reader.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JsonConversions.Parse).ToList();

        Assert.Equal(execution.Arn, lines[0].GetProperty("executionArn").GetString());
        Assert.Equal(execution.Events.Select(item => item.Type.ToString()), lines.Skip(1).Select(line => line.GetProperty("type").GetString()!));
        Assert.Equal("TaskStarted", lines[^1].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_peers_alarm_starts_an_execution_once()
    {
        var machine = _rig.Service.Create("failover", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""").Arn;
        var started = new TaskCompletionSource<Execution>();
        _rig.Service.StatusChanged += execution => started.TrySetResult(execution);
        _rig.Bus.PutRule(EventRule.Parse($$$"""
            {"Name":"peer-down",
             "EventPattern":{"source":["aws.cloudwatch"],"resources":["{{{CloudWatchService.AlarmArn("us-west-2", "peer")}}}"],
                             "detail":{"state":{"value":["ALARM"]},"previousState":{"value":["OK"]} } },
             "Target":{"Arn":"{{{machine}}}","InputTransformer":{"InputPathsMap":{"id":"$.id","alarm":"$.detail.alarmName"},
                       "InputTemplate":"{\"trigger\":{\"id\":<id>,\"by\":<alarm>}}"} } }
            """));
        _rig.CloudWatch.Add(new MetricAlarm("peer", new("n", "m"), Comparison.LessThanThreshold, 1) { TreatMissingData = MissingData.Ignore });

        _rig.CloudWatch.SetAlarmState("peer", AlarmValue.Ok, "well");
        _rig.CloudWatch.SetAlarmState("peer", AlarmValue.Alarm, "down");
        _rig.CloudWatch.SetAlarmState("peer", AlarmValue.Alarm, "still down");

        var execution = await started.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        await _rig.Bus.DrainAsync();
        Assert.Single(_rig.Service.Executions);
        var id = _rig.Bus.Events.Last().GetProperty("id").GetString()!;
        Assert.StartsWith(id, execution.Name, StringComparison.Ordinal);
        Assert.Equal($$$"""{"trigger":{"id":"{{{id}}}","by":"peer"}}""", execution.Input);
    }

    [Fact]
    public async Task The_feed_tells_what_executions_do_until_the_reader_leaves()
    {
        var machine = _rig.Service.Create("pass", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""").Arn;
        var reader = _rig.Service.Feed.Subscribe();
        var execution = _rig.Service.Start(machine);
        await execution.Completion;
        _rig.Service.Feed.Unsubscribe(reader);

        var seen = new List<ExecutionEvent>();
        await foreach (var item in reader.Reader.ReadAllAsync(Cancellation))
        {
            seen.Add(item);
        }

        Assert.Equal(execution.Events, seen.Select(item => item.Event));
        Assert.All(seen, item => Assert.Same(execution, item.Execution));
    }
}
