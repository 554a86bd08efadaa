using Shop.Asl;

namespace Shop.Failover.Tests.Machines;

public sealed class WhenTheStoreIsGivenBack
{
    private const string Ready = """{"Output":{"verdict":"go","checks":[]}}""";
    private const string NotReady = """{"Output":{"verdict":"noGo","checks":[]}}""";
    private const string Real = """{"dryRun":false,"approval":{"required":false}}""";
    private readonly PlayedMachine _machine = new PlayedMachine("failback").Answer("CheckReady", Ready).Answer("ActivateRegion", """{"Output":{"runId":"r"}}""");

    [Fact]
    public async Task An_empty_input_looks_once_and_changes_nothing()
    {
        var result = await _machine.RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal(["CheckReady"], _machine.Calls.Select(c => c.State));
    }

    [Fact]
    public async Task Three_good_looks_in_a_row_start_the_planned_move()
    {
        _machine.Answer("CheckReady", Ready, Ready, NotReady, Ready, Ready, Ready);

        var result = await _machine.RunAsync(Real);

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal(6, _machine.CallsOf("CheckReady"));
        var child = _machine.InputOf("ActivateRegion").GetProperty("Input");
        Assert.Equal(("switchover", false), (child.GetProperty("mode").GetString(), child.GetProperty("dryRun").GetBoolean()));
    }

    [Fact]
    public async Task A_Region_that_never_gets_ready_ends_in_a_failure_that_says_so()
    {
        var result = await _machine.Answer("CheckReady", NotReady).RunAsync("""{"dryRun":false,"maxLooks":4}""");

        Assert.Equal((ExecutionStatus.Failed, "Shop.NotReady"), (result.Status, result.Error));
        Assert.Equal(4, _machine.CallsOf("CheckReady"));
        Assert.Equal(0, _machine.CallsOf("ActivateRegion"));
    }

    [Fact]
    public async Task A_look_that_fails_counts_as_not_ready()
    {
        var result = await _machine.Fail("CheckReady", "States.TaskFailed").RunAsync("""{"dryRun":false,"maxLooks":2}""");

        Assert.Equal((ExecutionStatus.Failed, "Shop.NotReady"), (result.Status, result.Error));
    }

    [Theory]
    [InlineData("States.Timeout")]
    [InlineData("Shop.Denied")]
    public async Task Without_a_yes_nothing_moves(string answer)
    {
        var result = await _machine.Fail("AskApproval", answer).RunAsync("""{"dryRun":false}""");

        Assert.Equal((ExecutionStatus.Failed, answer), (result.Status, result.Error));
        Assert.Equal(0, _machine.CallsOf("ActivateRegion"));
    }

    [Fact]
    public async Task The_failure_of_the_move_is_the_failure_of_the_failback()
    {
        var result = await _machine.Fail("ActivateRegion", "Shop.PartlyActivated").RunAsync(Real);

        Assert.Equal((ExecutionStatus.Failed, "Shop.PartlyActivated"), (result.Status, result.Error));
        Assert.Equal(1, _machine.CallsOf("ActivateRegion"));
    }

    [Theory]
    [InlineData("alreadyActive", 0, null)]
    [InlineData("go", 0, null)]
    [InlineData("go", 1, "Shop.NotActivated")]
    [InlineData("noGo", -1, "Shop.NotActivated")]
    public async Task A_wish_that_was_served_before_is_a_success_only_if_the_store_is_here(string verdict, int elsewhere, string? error)
    {
        _machine.Answer("ActivateRegion", """{"Output":{"duplicate":true,"servedBy":"arn:former","runState":"DONE"} }""")
            .Answer("LookAgain", $$$"""{"Output":{"verdict":"{{{verdict}}}","writtenElsewhere":{{{elsewhere}}},"checks":[{"id":"orders"}]} }""");

        var result = await _machine.RunAsync(Real);

        Assert.Equal((error, error is null ? 1 : 0), (result.Error, _machine.CallsOf("ServeBothRegions")));
        if (error is not null)
        {
            Assert.Equal("""The run for this trigger is arn:former (DONE), and the store is not here: [{"id":"orders"}]""", result.Cause);
        }
    }

    [Theory]
    [InlineData("""{"dryRun":"no"}""")]
    [InlineData("""{"maxLooks":0}""")]
    [InlineData("""{"approval":{"required":"yes"}}""")]
    public async Task Bad_input_is_refused_before_anything_is_touched(string input)
    {
        var result = await _machine.RunAsync(input);

        Assert.Equal((ExecutionStatus.Failed, "Shop.InvalidInput"), (result.Status, result.Error));
        Assert.Empty(_machine.Calls);
    }
}
