using System.Text.Json;

namespace Shop.Asl.Tests;

/// <summary>Shapes as GetExecutionHistory answers them.</summary>
public sealed class HistoryTests
{
    [Fact]
    public void Events_have_the_shapes_of_the_service()
    {
        var machine = Machine.Of("""
            {"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:rds:describeGlobalClusters","Parameters":{"x":1},"TimeoutSeconds":9,
               "Assign":{"v":"t"},"ResultPath":null,"Next":"B"},
             "B":{"Type":"Fail","Error":"E","Cause":"why"}}
            """);
        machine.Tasks.On("A", _ => "[true]");

        machine.Run("""{"a":1}""");

        CaseFile.AssertJson(JsonElement.Parse("""
            [
             {"timestamp":1893456000,"type":"ExecutionStarted","id":1,"previousEventId":0,"executionStartedEventDetails":{"input":"{\"a\":1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::000000000000:role/machine"}},
             {"timestamp":1893456000,"type":"TaskStateEntered","id":2,"previousEventId":0,"stateEnteredEventDetails":{"name":"A","input":"{\"a\":1}","inputDetails":{"truncated":false}}},
             {"timestamp":1893456000,"type":"TaskScheduled","id":3,"previousEventId":2,"taskScheduledEventDetails":{"resourceType":"aws-sdk:rds","resource":"describeGlobalClusters","region":"us-west-2","parameters":"{\"x\":1}","timeoutInSeconds":9}},
             {"timestamp":1893456000,"type":"TaskStarted","id":4,"previousEventId":3,"taskStartedEventDetails":{"resourceType":"aws-sdk:rds","resource":"describeGlobalClusters"}},
             {"timestamp":1893456000,"type":"TaskSucceeded","id":5,"previousEventId":4,"taskSucceededEventDetails":{"resourceType":"aws-sdk:rds","resource":"describeGlobalClusters","output":"[true]","outputDetails":{"truncated":false}}},
             {"timestamp":1893456000,"type":"TaskStateExited","id":6,"previousEventId":5,"stateExitedEventDetails":{"name":"A","output":"{\"a\":1}","outputDetails":{"truncated":false},"assignedVariables":{"v":"\"t\""},"assignedVariablesDetails":{"truncated":false}}},
             {"timestamp":1893456000,"type":"FailStateEntered","id":7,"previousEventId":6,"stateEnteredEventDetails":{"name":"B","input":"{\"a\":1}","inputDetails":{"truncated":false}}},
             {"timestamp":1893456000,"type":"ExecutionFailed","id":8,"previousEventId":7,"executionFailedEventDetails":{"error":"E","cause":"why"}}
            ]
            """), machine.History.ToJson());
    }

    [Fact]
    public void Function_events_have_the_shapes_of_the_service()
    {
        var machine = Machine.Of("""{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-west-2:000000000000:function:f","TimeoutSeconds":3,"End":true}}""");
        machine.Tasks.Never("A");

        machine.Run("1");

        CaseFile.AssertJson(JsonElement.Parse("""
            [
             {"timestamp":1893456000,"type":"LambdaFunctionScheduled","id":3,"previousEventId":2,"lambdaFunctionScheduledEventDetails":{"resource":"arn:aws:lambda:us-west-2:000000000000:function:f","input":"1","inputDetails":{"truncated":false},"timeoutInSeconds":3}},
             {"timestamp":1893456000,"type":"LambdaFunctionStarted","id":4,"previousEventId":3},
             {"timestamp":1893456003,"type":"LambdaFunctionTimedOut","id":5,"previousEventId":4,"lambdaFunctionTimedOutEventDetails":{"error":"States.Timeout"}},
             {"timestamp":1893456003,"type":"ExecutionFailed","id":6,"previousEventId":5,"executionFailedEventDetails":{"error":"States.Timeout"}}
            ]
            """), JsonElement.Parse($"[{string.Join(',', machine.History.ToJson().EnumerateArray().Skip(2).Select(e => e.GetRawText()))}]"));
    }

    [Fact]
    public void Events_of_branches_refer_to_the_events_of_their_branch()
    {
        var machine = Machine.Of("""
            {"M":{"Type":"Map","ItemProcessor":{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"End":true}}},"End":true}}
            """);

        machine.Run("[1,2]");

        Assert.Equal(
            [
                "1 ExecutionStarted 0", "2 MapStateEntered 0", "3 MapStateStarted 2", "4 MapIterationStarted 3", "5 WaitStateEntered 4",
                "6 MapIterationStarted 3", "7 WaitStateEntered 6", "8 WaitStateExited 5", "9 MapIterationSucceeded 8", "10 WaitStateExited 7",
                "11 MapIterationSucceeded 10", "12 MapStateSucceeded 11", "13 MapStateExited 12", "14 ExecutionSucceeded 13",
            ],
            machine.History.Events.Select(e => $"{e.Id} {e.Type} {e.PreviousEventId}"));
        Assert.Equal("""{"name":"M","index":1}""", machine.History.ToJson()[5].GetProperty("mapIterationStartedEventDetails").GetRawText());
        Assert.Equal("""{"length":2}""", machine.History.ToJson()[2].GetProperty("mapStateStartedEventDetails").GetRawText());
    }

    [Fact]
    public void Events_after_a_failed_iteration_refer_to_its_failure()
    {
        var machine = Machine.Of("""
            {"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::x:y","TimeoutSecondsPath":"$","End":true}}},"End":true}}
            """);
        machine.Tasks.Never("T");

        machine.Run("[5,9]");

        Assert.Equal(
            ["12 TaskTimedOut 7", "13 MapIterationFailed 12", "14 TaskStateAborted 12", "15 MapIterationAborted 12", "16 MapStateFailed 12", "17 ExecutionFailed 16"],
            machine.History.Events.Skip(11).Select(e => $"{e.Id} {e.Type} {e.PreviousEventId}"));
    }

    [Fact]
    public void Data_can_be_left_out()
    {
        var machine = Machine.Of("""{"A":{"Type":"Pass","End":true}}""");
        machine.Run("""{"secret":1}""");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            machine.History.Events[1].WriteTo(writer, includeExecutionData: false);
        }

        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_report_their_submission()
    {
        var machine = Machine.Of("""{"A":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2","End":true}}""");
        machine.Tasks.On("A", task =>
        {
            task.Submitted(JsonElement.Parse("""{"ExecutionArn":"child"}"""));
            throw new TaskFailureException("States.TaskFailed", "child failed");
        });

        machine.Run();

        Assert.Equal(["TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskFailed"], machine.History.Types.Skip(2).Take(4));
        var submitted = machine.History.ToJson()[4].GetProperty("taskSubmittedEventDetails");
        Assert.Equal("""{"ExecutionArn":"child"}""", submitted.GetProperty("output").GetString());
        Assert.Equal("startExecution.sync:2", submitted.GetProperty("resource").GetString());
    }
}
