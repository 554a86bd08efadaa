using System.Text.Json;

namespace Shop.Asl.Tests;

public sealed class RedriveTests
{
    [Fact]
    public void Redrive_goes_on_at_the_failed_state_with_its_input_and_variables()
    {
        var machine = Machine.Of("""
            {"A":{"Type":"Pass","Result":{"n":1},"Assign":{"v":7},"Next":"B"},
             "B":{"Type":"Task","Resource":"arn:aws:states:::x:y","Parameters":{"n.$":"$.n","v.$":"$v","r.$":"$$.Execution.RedriveCount"},"End":true}}
            """);
        machine.Tasks.Fail("B", "E");
        var failed = machine.Run();
        Assert.Equal("B", failed.Checkpoint!.StateName);
        machine.Tasks.On("B", task => task.Input.GetRawText());

        var result = machine.Redrive(failed);

        Assert.Equal("""{"n":1,"v":7,"r":1}""", result.Output!.Value.GetRawText());
        Assert.Equal(
            ["8 ExecutionRedriven 7", "9 TaskScheduled 8", "10 TaskStarted 9", "11 TaskSucceeded 10", "12 TaskStateExited 11", "13 ExecutionSucceeded 12"],
            machine.History.Events.Skip(8).Select(e => $"{e.Id - 1} {e.Type} {e.PreviousEventId - 1}"));
    }

    [Fact]
    public void Redrive_runs_only_the_branches_that_had_not_succeeded()
    {
        var machine = Machine.Of("""
            {"P":{"Type":"Parallel","Branches":[
               {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}},
               {"StartAt":"B1","States":{"B1":{"Type":"Task","Resource":"arn:aws:states:::x:y","Next":"B2"},"B2":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}},
               {"StartAt":"C","States":{"C":{"Type":"Wait","Seconds":60,"End":true}}}],"End":true}}
            """);
        machine.Tasks.On("A", _ => "1").On("B1", _ => "2").Fail("B2", "E");
        var failed = machine.Run();
        machine.Tasks.Calls.Clear();
        machine.Tasks.On("B2", task => $"[{task.Input.GetRawText()}]");

        var result = machine.Redrive(failed);

        Assert.Equal("[1,[2],{}]", result.Output!.Value.GetRawText());
        Assert.Equal(["B2"], machine.Tasks.Calls.Select(call => call.StateName));
    }

    [Fact]
    public void Redrive_runs_only_the_iterations_that_had_not_succeeded()
    {
        var machine = Machine.Of("""
            {"M":{"Type":"Map","MaxConcurrency":1,"ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}},"End":true}}
            """);
        machine.Tasks.On("T", task => task.Input.GetInt32() == 2 ? throw new TaskFailureException("E") : task.Input.GetRawText());
        var failed = machine.Run("[1,2,3]");
        machine.Tasks.Calls.Clear();
        machine.Tasks.On("T", task => task.Input.GetRawText());

        var result = machine.Redrive(failed, "[1,2,3]");

        Assert.Equal("[1,2,3]", result.Output!.Value.GetRawText());
        Assert.Equal([2, 3], machine.Tasks.Calls.Select(call => call.Input.GetInt32()));
    }

    [Fact]
    public void Redrive_after_an_abort_waits_again()
    {
        var machine = Machine.Of("""{"A":{"Type":"Wait","Seconds":60,"End":true}}""");
        machine.Time.After(TimeSpan.FromSeconds(10), machine.Abort.Cancel);
        var aborted = machine.Run();
        var other = new Machine("""{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":60,"End":true}}}""");
        other.Options = other.Options with { Resume = aborted.Checkpoint, RedriveCount = 1, LastEventId = 3 };

        Assert.Equal(ExecutionStatus.Succeeded, other.Run().Status);
        Assert.Equal(["ExecutionRedriven", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded"], other.History.Types);
    }
}
