using System.Text.Json;
using Shop.Asl;
using Shop.Rehearsal.ControlRoom.Graph;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;

namespace Shop.ControlRoom.Tests;

/// <summary>What the picture says of each state, from executions that the interpreter really ran.</summary>
public sealed class WhenAHistoryIsRead
{
    private const string Retrying = """
        {"StartAt":"Work","States":{
          "Work":{"Type":"Task","Resource":"arn:aws:states:::play:work","Retry":[{"ErrorEquals":["Again"],"IntervalSeconds":1,"MaxAttempts":2,"BackoffRate":1}],
                  "Catch":[{"ErrorEquals":["States.ALL"],"Next":"Mended"}],"Next":"Done"},
          "Mended":{"Type":"Pass","Next":"Done"},"Done":{"Type":"Succeed"}}}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_state_that_worked_is_green_and_the_others_are_not_reached()
    {
        var trace = await RunAsync(Retrying, _ => null);

        Assert.Equal((StateStatus.Succeeded, StateStatus.Waiting, StateStatus.Succeeded), (trace.StatusOf("Work"), trace.StatusOf("Mended"), trace.StatusOf("Done")));
        Assert.Equal([("Work", "Done")], trace.Ways);
    }

    [Fact]
    public async Task A_failure_that_is_tried_again_counts_as_an_attempt()
    {
        var trace = await RunAsync(Retrying, attempt => attempt == 1 ? "Again" : null);

        Assert.Equal(StateStatus.Succeeded, trace.StatusOf("Work"));
        Assert.Equal((2, "Again"), (trace.LastVisitOf("Work")!.Attempts, trace.LastVisitOf("Work")!.Error));
    }

    [Fact]
    public async Task A_failure_that_is_handled_is_told_apart_from_a_success()
    {
        var trace = await RunAsync(Retrying, _ => "Broken");

        Assert.Equal((StateStatus.Caught, StateStatus.Succeeded), (trace.StatusOf("Work"), trace.StatusOf("Mended")));
        Assert.Contains(("Work", "Mended"), trace.Ways);
    }

    [Fact]
    public async Task A_failure_that_ends_the_execution_is_red()
    {
        var trace = await RunAsync("""{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"arn:aws:states:::play:work","End":true}}}""", _ => "Broken");

        Assert.Equal(StateStatus.Failed, trace.StatusOf("Work"));
    }

    [Fact]
    public async Task A_fail_state_is_red_and_what_led_to_it_is_not()
    {
        var trace = await RunAsync("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Fail","Error":"E"}}}""", _ => null);

        Assert.Equal((StateStatus.Succeeded, StateStatus.Failed), (trace.StatusOf("A"), trace.StatusOf("B")));
    }

    [Fact]
    public async Task What_runs_is_blue_and_turns_grey_when_it_is_stopped()
    {
        await using var service = Service(_ => null, hang: true);
        var execution = service.Start(service.Create("machine", Retrying).Arn);
        await Shop.Testing.Eventually.HoldsAsync(() => ExecutionTrace.Of(execution).StatusOf("Work") == StateStatus.Running);

        await service.StopAsync(execution.Arn);

        Assert.Equal(StateStatus.Aborted, ExecutionTrace.Of(execution).StatusOf("Work"));
    }

    [Fact]
    public async Task Of_a_maps_items_the_one_that_went_wrong_is_told()
    {
        var calls = 0;
        var trace = await RunAsync("""
            {"StartAt":"Each","States":{"Each":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":1,"End":true,
              "ItemProcessor":{"StartAt":"One","States":{"One":{"Type":"Task","Resource":"arn:aws:states:::play:work","End":true}}}}}}
            """, _ => Interlocked.Increment(ref calls) == 2 ? "Broken" : null, """{"items":[1,2,3]}""");

        Assert.Equal((StateStatus.Failed, StateStatus.Failed), (trace.StatusOf("One"), trace.StatusOf("Each")));
        Assert.Equal(2, trace.Visits.Count(v => v.Name == "One"));
    }

    private static async Task<ExecutionTrace> RunAsync(string definition, Func<int, string?> failure, string input = "{}")
    {
        await using var service = Service(failure, hang: false);
        var execution = service.Start(service.Create("machine", definition).Arn, input: input);
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return ExecutionTrace.Of(execution);
    }

    private static StepFunctionsService Service(Func<int, string?> failure, bool hang)
    {
        var service = new StepFunctionsService(new RegionPower("us-east-1"), new StepFunctionsOptions(), TimeProvider.System);
        service.Tasks.Add("play", new Played(failure, hang));
        return service;
    }

    private sealed class Played(Func<int, string?> failure, bool hang) : ITaskIntegration
    {
        private int _attempts;

        public async Task<JsonElement> CallAsync(TaskResource resource, TaskInvocation task, CancellationToken cancellationToken)
        {
            if (hang)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            return failure(Interlocked.Increment(ref _attempts)) is { } error ? throw new TaskFailureException(error, "as the test says") : JsonElement.Parse("{}");
        }
    }
}
