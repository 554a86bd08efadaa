using System.Text.Json;
using Shop.Asl.History;

namespace Shop.Asl.Tests;

/// <summary>A host may die after any event. What was written by then must be enough to go on, and nothing that is known to be done may be done again.</summary>
public sealed class CrashTests
{
    private const string Definition = """
        {"StartAt":"Plan","States":{
          "Plan":{"Type":"Task","Resource":"arn:aws:states:::x:y","ResultPath":"$.plan","Assign":{"planned.$":"$"},"Next":"Count"},
          "Count":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)","plan.$":"$.plan"},"Assign":{"passes.$":"$.n"},"Next":"IsEnough"},
          "IsEnough":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericGreaterThanEquals":3,"Assign":{"left":true},"Next":"Rest"}],"Default":"Count"},
          "Rest":{"Type":"Wait","Seconds":60,"Next":"Both"},
          "Both":{"Type":"Parallel","ResultPath":"$.both","Next":"Each","Branches":[
            {"StartAt":"A1","States":{
              "A1":{"Type":"Task","Resource":"arn:aws:states:::x:y","Assign":{"a.$":"$"},"Next":"A2"},
              "A2":{"Type":"Task","Resource":"arn:aws:lambda:us-west-2:000000000000:function:f","Parameters":{"a.$":"$a","p.$":"$passes"},"End":true}}},
            {"StartAt":"B1","States":{
              "B1":{"Type":"Task","Resource":"arn:aws:states:::x:y","Retry":[{"ErrorEquals":["Shop.Once"],"IntervalSeconds":5}],"Next":"B2"},
              "B2":{"Type":"Wait","Seconds":1,"End":true}}},
            {"StartAt":"C1","States":{"C1":{"Type":"Map","ItemsPath":"$.plan","End":true,"ItemProcessor":{"StartAt":"C2","States":{
              "C2":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}}}}}]},
          "Each":{"Type":"Map","MaxConcurrency":2,"ItemsPath":"$.plan","ItemSelector":{"item.$":"$$.Map.Item.Value","at.$":"$$.Map.Item.Index"},"ResultPath":"$.each","Next":"Broken",
            "ItemProcessor":{"StartAt":"Do","States":{
              "Do":{"Type":"Task","Resource":"arn:aws:states:::x:y","ResultSelector":{"r.$":"$.item"},"Next":"Done"},"Done":{"Type":"Succeed"}}}},
          "Broken":{"Type":"Task","Resource":"arn:aws:states:::x:y","Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Assign":{"caught":true},"Next":"Mend"}],"End":true},
          "Mend":{"Type":"Task","Resource":"arn:aws:states:::x:y","Parameters":{"all.$":"$","planned.$":"$planned","left.$":"$left","caught.$":"$caught"},"End":true}}}
        """;

    private const string Input = """{"n":0}""";

    [Fact]
    public void After_any_event_the_rest_is_done_and_nothing_twice()
    {
        var whole = Play(new Machine(Definition), out var events);
        Assert.True(events.Count > 90, $"{events.Count} events");

        for (var written = 1; written < events.Count; written++)
        {
            var kept = events.Take(written).Select(Reread).ToList();
            var machine = new Machine(Definition);
            machine.Options = machine.Options with { Resume = Checkpoint.FromHistory(kept), RedriveCount = 1, LastEventId = written };

            var again = Play(machine, out var rest);

            Assert.True(JsonElement.DeepEquals(whole.Output!.Value, again.Output!.Value), $"after event {written}: {again.Output}");
            Assert.Equal(HistoryEventType.ExecutionRedriven, rest[0].Type);
            Assert.Equal(written + 1, rest[0].Id);
            var repeated = machine.Tasks.Calls.Select(Of).Intersect(Succeeded(kept)).ToList();
            Assert.True(repeated.Count == 0, $"after event {written} ({kept[^1].Type}) again: {string.Join(", ", repeated)}");
        }
    }

    [Fact]
    public void A_redrive_that_dies_can_be_redriven()
    {
        var whole = Play(new Machine(Definition), out var events);
        for (var written = 1; written < events.Count; written += 7)
        {
            var kept = events.Take(written).ToList();
            var second = new Machine(Definition);
            second.Options = second.Options with { Resume = Checkpoint.FromHistory(kept), RedriveCount = 1, LastEventId = written };
            Play(second, out var rest);
            for (var more = 1; more < rest.Count; more += 3)
            {
                List<HistoryEvent> both = [.. kept, .. rest.Take(more)];
                var third = new Machine(Definition);
                third.Options = third.Options with { Resume = Checkpoint.FromHistory(both), RedriveCount = 2, LastEventId = both.Count };

                var again = Play(third, out _);

                Assert.True(JsonElement.DeepEquals(whole.Output!.Value, again.Output!.Value), $"after events {written} and {more}: {again.Output}");
                Assert.Empty(third.Tasks.Calls.Select(Of).Intersect(Succeeded(both)));
            }
        }
    }

    [Fact]
    public void After_a_failure_the_history_says_the_same_as_the_result()
    {
        var machine = Machine.Of("""
            {"P":{"Type":"Parallel","Branches":[
               {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::x:y","Assign":{"v":1},"Next":"A2"},"A2":{"Type":"Wait","Seconds":9,"End":true}}},
               {"StartAt":"B","States":{"B":{"Type":"Task","Resource":"arn:aws:states:::x:y","ResultSelector":{"r.$":"$.missing"},"End":true}}},
               {"StartAt":"C","States":{"C":{"Type":"Task","Resource":"arn:aws:states:::x:y","End":true}}}],"End":true}}
            """);
        var failed = machine.Run();
        Assert.Equal(ExecutionStatus.Failed, failed.Status);
        machine.Tasks.Calls.Clear();
        machine.Tasks.On("B", _ => """{"missing":3}""");

        var derived = Checkpoint.FromHistory(machine.History.Events);
        var result = machine.Redrive(failed with { Checkpoint = derived });

        // The task of B had succeeded, but its state had not: as in the service, the state is done again.
        Assert.Equal(["B"], machine.Tasks.Calls.Select(call => call.StateName).Where(name => name != "C"));
        Assert.Equal("""[{},{"r":3},{}]""", result.Output!.Value.GetRawText());
    }

    [Fact]
    public void Events_are_read_as_they_were_kept()
    {
        Play(new Machine(Definition), out var events);

        Assert.Equal(events.Select(Kept), events.Select(Reread).Select(Kept));
    }

    private static ExecutionResult Play(Machine machine, out List<HistoryEvent> events)
    {
        var failedOnce = false;
        machine.Tasks
            .On("Plan", _ => """["x","y","z"]""")
            .On("A2", task => task.Input.GetRawText())
            .On("B1", task => failedOnce || machine.Options.RedriveCount > 0 ? "1" : throw Once(out failedOnce))
            .On("C2", async (task, cancellationToken) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), machine.Time, cancellationToken);
                return task.Input;
            })
            .Fail("Broken", "Shop.Broken", "as ever");
        var result = machine.Run(Input);
        Assert.True(result.Status == ExecutionStatus.Succeeded, $"{result.Status} {result.Error} {result.Cause}");
        events = machine.History.Events;
        return result;

        static TaskFailureException Once(out bool failed)
        {
            failed = true;
            return new TaskFailureException("Shop.Once");
        }
    }

    private static string Of(TaskInvocation call) => $"{call.StateName} {call.Input.GetRawText()}";

    /// <summary>Tasks, with their inputs, whose success is in the history.</summary>
    private static IEnumerable<string> Succeeded(IReadOnlyList<HistoryEvent> events)
    {
        var states = new Dictionary<string, string>();
        var inputs = new Dictionary<string, string>();
        foreach (var e in events)
        {
            switch (e.Details)
            {
                case StateEnteredDetails entered:
                    states[e.Frame] = entered.Name;
                    break;
                case TaskScheduledDetails scheduled:
                    inputs[e.Frame] = scheduled.Parameters.GetRawText();
                    break;
                case LambdaFunctionScheduledDetails scheduled:
                    inputs[e.Frame] = scheduled.Input.GetRawText();
                    break;
            }

            if (e.Type is HistoryEventType.TaskSucceeded or HistoryEventType.LambdaFunctionSucceeded)
            {
                yield return $"{states[e.Frame]} {inputs[e.Frame]}";
            }
        }
    }

    private static HistoryEvent Reread(HistoryEvent e) => HistoryEvent.Read(JsonElement.Parse(Kept(e)));

    private static string Kept(HistoryEvent e)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            e.KeepTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
