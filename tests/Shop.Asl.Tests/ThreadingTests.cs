using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shop.Asl.History;

namespace Shop.Asl.Tests;

/// <summary>Without a synchronization context branches run on the thread pool; nothing may depend on one thread.</summary>
public sealed class ThreadingTests
{
    [Fact]
    public async Task Branches_on_many_threads_keep_a_whole_history()
    {
        var machine = StateMachine.Parse("""
            {"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{
              "T":{"Type":"Task","Resource":"arn:aws:states:::x:y","Retry":[{"ErrorEquals":["E"],"IntervalSeconds":1,"JitterStrategy":"FULL"}],"Next":"P"},
              "P":{"Type":"Pass","Parameters":{"u.$":"States.UUID()","v.$":"$"},"OutputPath":"$.v","End":true}}},"End":true}}}
            """);
        var history = new Recorder();
        var options = new ExecutionOptions { Tasks = new Yielding(), History = history, ExecutionArn = "a" };
        var input = JsonElement.Parse($"[{string.Join(',', Enumerable.Range(0, 500))}]");

        var result = await Task.Run(() => Interpreter.RunAsync(machine, input, options, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(input.GetRawText(), result.Output!.Value.GetRawText());
        Assert.Equal(Enumerable.Range(1, history.Events.Count).Select(i => (long)i), history.Events.Select(e => e.Id));
        Assert.All(history.Events, e => Assert.True(e.PreviousEventId < e.Id));
        Assert.Equal(500, history.Events.Count(e => e.Type == HistoryEventType.MapIterationSucceeded));
    }

    [Fact]
    public async Task Wait_of_a_day_takes_no_time_with_a_fake_clock()
    {
        var time = new FakeTimeProvider();
        var machine = StateMachine.Parse("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":86400,"End":true}}}""");
        var options = new ExecutionOptions { Tasks = new FakeTasks(), Time = time, ExecutionArn = "a" };

        var run = Interpreter.RunAsync(machine, JsonElement.Parse("{}"), options, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(86399));
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ExecutionStatus.Succeeded, (await run).Status);
    }

    private sealed class Yielding : ITaskInvoker
    {
        public async Task<JsonElement> InvokeAsync(TaskInvocation task, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return task.Input;
        }
    }
}
