namespace Shop.Asl.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Everything_at_once_runs_to_the_end()
    {
        var machine = Machine.Of("""
            {
              "Work": {"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f","Payload.$":"$.x"},
                "Retry":[{"ErrorEquals":["Busy"],"MaxAttempts":2}],
                "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Caught"}],"Next":"Caught"},
              "Caught": {"Type":"Choice","Choices":[{"Variable":"$.error.Error","StringEquals":"Busy","Next":"Rest"}],"Default":"Lost"},
              "Lost": {"Type":"Fail","Error":"Lost"},
              "Rest": {"Type":"Wait","Seconds":86400,"Next":"Both"},
              "Both": {"Type":"Parallel","Branches":[
                 {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},
                 {"StartAt":"B","States":{"B":{"Type":"Map","ItemsPath":"$.list","ItemProcessor":{"StartAt":"C","States":{"C":{"Type":"Pass","Parameters":{"v.$":"$","i.$":"$$.Map.Item.Index"},"End":true}}},"End":true}}}
                ],"End":true}
            }
            """);
        machine.Tasks.Fail("Work", "Busy", "no room");

        var result = machine.Run("""{"x":{"y":1},"list":["p","q"]}""");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal("""[1,[{"v":"p","i":0},{"v":"q","i":1}]]""", result.Output!.Value.GetRawText());
        Assert.Equal(3, machine.Tasks.Calls.Count);
        Assert.Equal(TimeSpan.FromSeconds(1 + 2 + 86400), machine.Time.Elapsed);
    }
}
