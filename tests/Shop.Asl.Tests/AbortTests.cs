using System.Text.Json;

namespace Shop.Asl.Tests;

public sealed class AbortTests
{
    [Fact]
    public void Abort_ends_the_execution_and_its_tasks()
    {
        var machine = Machine.Of("""
            {"P":{"Type":"Parallel","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}],"Branches":[
               {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}},
               {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":99,"End":true}}}],"Next":"B"},"B":{"Type":"Pass","End":true}}
            """);
        var seen = CancellationToken.None;
        machine.Tasks.On("T", async (_, cancellationToken) =>
        {
            seen = cancellationToken;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return default;
        });
        machine.Options = machine.Options with { AbortReason = () => ("Stopped", "by hand") };
        machine.Time.After(TimeSpan.FromSeconds(5), machine.Abort.Cancel);

        var result = machine.Run();

        Assert.Equal(ExecutionStatus.Aborted, result.Status);
        Assert.Equal(("Stopped", "by hand"), (result.Error, result.Cause));
        Assert.True(seen.IsCancellationRequested);
        Assert.Equal(5, machine.Time.Elapsed.TotalSeconds);
        Assert.Equal("ExecutionAborted", machine.History.Types.Last());
        Assert.DoesNotContain("PassStateEntered", machine.History.Types);
    }

    [Fact]
    public void Task_that_does_not_listen_can_not_hold_the_execution()
    {
        var machine = Machine.Of("""{"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","TimeoutSeconds":7,"End":true}}""");
        machine.Tasks.On("A", (_, _) => new TaskCompletionSource<JsonElement>().Task);

        var result = machine.Run();

        Assert.Equal("States.Timeout", result.Error);
        Assert.Equal(7, machine.Time.Elapsed.TotalSeconds);
    }

    [Fact]
    public void Exception_of_the_invoker_is_a_task_failure()
    {
        var machine = Machine.Of("""{"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}""");
        machine.Tasks.On("A", (_, _) => throw new InvalidOperationException("broken pipe"));

        var result = machine.Run();

        Assert.Equal("States.TaskFailed", result.Error);
        Assert.Contains("broken pipe", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_by_the_invoker_itself_is_a_task_failure()
    {
        var machine = Machine.Of("""{"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","TimeoutSeconds":7,"End":true}}""");
        machine.Tasks.On("A", (_, _) => throw new TaskCanceledException("client gave up"));

        Assert.Equal("States.TaskFailed", machine.Run().Error);
    }
}
