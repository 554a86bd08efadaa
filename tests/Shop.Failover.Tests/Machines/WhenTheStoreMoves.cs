using System.Text.Json;
using Shop.Asl;

namespace Shop.Failover.Tests.Machines;

/// <summary>The parent machine with every task answered as told: which way it goes, and what it leaves behind.</summary>
public sealed class WhenTheStoreMoves
{
    private const string Failover = """{"mode":"failover","allowDataLoss":true,"dryRun":false}""";
    private const string Switchover = """{"mode":"switchover","dryRun":false}""";
    private const string Go = """{"Payload":{"verdict":"go","checks":[],"lagSince":"2026-03-14T02:50:00Z","canForce":true,"formerRouting":[{"arn":"arn:control:here","state":"Off"}],"mayLose":true,"rivalSince":"1999-12-31T00:00:00Z","moves":[{"database":"catalog","wasElsewhere":false,"mark":"","isInherited":false},{"database":"orders","wasElsewhere":true,"mark":"failover","isInherited":false}]}}""";
    private static readonly string GoPlanned = Go.Replace("\"mayLose\":true", "\"mayLose\":false", StringComparison.Ordinal);
    private const string NoGo = """{"Payload":{"verdict":"noGo","checks":[],"lagSince":"2026-03-14T02:50:00Z","canForce":true,"formerRouting":[],"mayLose":true,"rivalSince":"1999-12-31T00:00:00Z","moves":[{"database":"orders","wasElsewhere":true,"mark":"failover","isInherited":false}]}}""";
    private const string NoGoForGood = """{"Payload":{"verdict":"noGo","checks":[],"lagSince":"2026-03-14T02:50:00Z","canForce":false,"formerRouting":[],"mayLose":true,"rivalSince":"1999-12-31T00:00:00Z","moves":[{"database":"orders","wasElsewhere":true,"mark":"failover","isInherited":false}]}}""";
    private const string Promoted = """{"Output":{"database":"orders","status":"PROMOTED","moved":true,"promotedAt":"2026-03-14T03:00:00Z","oldClusterId":"c","lag":{"milliseconds":1,"at":""},"boundary":{}}}""";
    private const string Proved = """{"Payload":{"database":"orders","status":"equal","until":"2026-03-14T03:00:00Z","tables":[]}}""";
    private const string Different = """{"Payload":{"database":"orders","status":"different","until":"2026-03-14T03:00:00Z","tables":[]}}""";

    private readonly PlayedMachine _machine = new PlayedMachine("regional-failover")
        .Answer("SinceWhen", """{"Payload":{"lagSince":"2026-03-14T02:50:00Z"}}""")
        .Answer("ReadLag", """{"MetricDataResults":[]}""")
        .Answer("ReadCatalogCluster", """{"GlobalClusters":[{}]}""")
        .Answer("ReadCatalogMember", """{"DbClusters":[{"DbClusterMembers":[{}],"EngineVersion":"8.0"}]}""")
        .Answer("ReadOrdersMember", """{"DbClusters":[{"DbClusterMembers":[{}],"EngineVersion":"8.0"}]}""")
        .Answer("ReadOrdersCluster", """{"GlobalClusters":[{}]}""")
        .Answer("ReadRouting", """{"Payload":{"converged":false,"states":[]}}""")
        .Answer("EvaluatePreflight", Go)
        .Answer("Fence", """{"Output":{}}""")
        .Answer("PromoteDatabase", Promoted)
        .Answer("RouteTraffic", """{"Output":{}}""")
        .Answer("Validate", """{"Payload":{}}""")
        .Answer("CompareSums", Proved)
        .Answer("SummarizeRun", """{"Payload":{"rtoSeconds":4.2}}""")
        .Answer("StartReconciliation", """{"ExecutionArn":"arn:recon"}""");

    [Fact]
    public async Task A_failover_fences_promotes_routes_records_and_starts_the_reconciliations()
    {
        var result = await _machine.RunAsync(Failover);

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal((1, 2, 1, 2, 0), (_machine.CallsOf("Fence"), _machine.CallsOf("PromoteDatabase"), _machine.CallsOf("RouteTraffic"), _machine.CallsOf("StartReconciliation"), _machine.CallsOf("CompareSums")));
        var record = _machine.InputOf("RecordRun").GetProperty("Item");
        Assert.Equal(("run#run", "DONE"), (Text(record, "pk"), Text(record, "runState")));
        Assert.Contains("4.2", Text(record, "summary"), StringComparison.Ordinal);
        Assert.Equal("us-east-1", Text(_machine.InputOf("RememberMove").GetProperty("Item"), "region"));
        Assert.Equal("4.2", result.Output!.Value.GetProperty("summary").GetProperty("rtoSeconds").GetRawText());
    }

    [Fact]
    public async Task A_switchover_fences_nothing_and_shows_that_it_lost_nothing()
    {
        var result = await _machine.Answer("EvaluatePreflight", GoPlanned).RunAsync(Switchover);

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal((0, 2, 0), (_machine.CallsOf("Fence"), _machine.CallsOf("CompareSums"), _machine.CallsOf("StartReconciliation")));
        Assert.All(result.Output!.Value.GetProperty("proofs").EnumerateArray(), p => Assert.Equal("equal", p.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_switchover_whose_sides_differ_is_not_called_well()
    {
        var result = await _machine.Answer("CompareSums", Proved, Different).Answer("EvaluatePreflight", GoPlanned).RunAsync(Switchover);

        Assert.Equal(("Shop.PartlyActivated", 1, 2), (result.Error, _machine.CallsOf("NotifyDegraded"), _machine.CallsOf("StartReconciliation")));
        // The cause is what an operator reads first: what is wrong, and nothing else.
        Assert.Equal("""["orders"]""", JsonElement.Parse(result.Cause!).GetProperty("databasesThatDiffer").GetRawText());
        Assert.True(result.Cause!.Length < 600, result.Cause);
    }

    [Fact]
    public async Task A_planned_move_that_joined_a_failover_has_its_losses_looked_for()
    {
        _machine.Answer("PromoteDatabase", Promoted.Replace("\"moved\":true", "\"moved\":true,\"lossAllowed\":true", StringComparison.Ordinal));

        var result = await _machine.Answer("EvaluatePreflight", GoPlanned).RunAsync(Switchover);

        Assert.Equal((ExecutionStatus.Succeeded, 2), (result.Status, _machine.CallsOf("StartReconciliation")));
    }

    [Fact]
    public async Task The_lock_is_let_go_last()
    {
        await _machine.RunAsync(Failover);

        var order = _machine.Calls.Select(c => c.State).ToList();
        Assert.True(order.LastIndexOf("StartReconciliation") < order.IndexOf("ReleaseLock"));
    }

    [Fact]
    public async Task A_proof_that_can_not_be_had_is_said_and_fails_nothing()
    {
        var result = await _machine.Fail("CompareSums", "Shop.DependencyUnavailable").Answer("EvaluatePreflight", GoPlanned).RunAsync(Switchover);

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.All(result.Output!.Value.GetProperty("proofs").EnumerateArray(), p => Assert.Equal("unknown", p.GetProperty("status").GetString()));
        Assert.Contains("not proven", _machine.InputOf("NotifyUnproven").GetProperty("Subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_means_no_and_the_fence_is_undone_to_what_was_before()
    {
        var result = await _machine.Fail("AskApproval", "States.Timeout").RunAsync(Failover[..^1] + ""","approval":{"required":true}}""");

        Assert.Equal(("States.Timeout", 0), (result.Error, _machine.CallsOf("PromoteDatabase")));
        Assert.Equal("""[{"arn":"arn:control:here","state":"Off"}]""", _machine.InputOf("Unfence").GetProperty("Input").GetProperty("entries").GetRawText());
        Assert.Equal("FAILED", Text(_machine.InputOf("RecordFailure").GetProperty("Item"), "runState"));
        Assert.Equal("States.Timeout", _machine.InputOf("NotifyFailure").GetProperty("Message").GetProperty("error").GetProperty("Error").GetString());
    }

    [Fact]
    public async Task A_fence_that_could_not_be_undone_is_said()
    {
        _machine.Fail("AskApproval", "States.Timeout", "Nobody answered.").Fail("Unfence", "States.TaskFailed");

        var result = await _machine.RunAsync(Failover[..^1] + ""","approval":{"required":true} }""");

        Assert.Equal("States.Timeout", result.Error);
        Assert.StartsWith("Nobody answered. | The routing controls were not put back", result.Cause, StringComparison.Ordinal);
        Assert.Contains("\"ok\":false", Text(_machine.InputOf("RecordFailure").GetProperty("Item"), "unfenced"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DONE", "SUCCEEDED", "alarm", null, 0)]
    [InlineData("RUNNING", "RUNNING", "alarm", null, 0)]
    [InlineData("RUNNING", "ABORTED", "alarm", "Shop.TriggerSpent", 0)]
    [InlineData("FAILED", "FAILED", "alarm", "Shop.TriggerSpent", 0)]
    [InlineData("FAILED", "FAILED", "operator", null, 2)]
    [InlineData("RUNNING", "ABORTED", "operator", null, 2)]
    public async Task A_trigger_is_served_when_its_run_has_done_its_work(string runState, string holder, string type, string? error, int promotions)
    {
        _machine.Fail("AcquireLock", "DynamoDB.ConditionalCheckFailedException")
            .Answer("ReadLock", $$$"""{"Item":{"triggerId":{"S":"event-1"},"runState":{"S":"{{{runState}}}"},"executionArn":{"S":"arn:former"} } }""")
            .Answer("DescribeHolder", $$"""{"Status":"{{holder}}"}""");

        var result = await _machine.RunAsync(Failover[..^1] + $$""","trigger":{"type":"{{type}}","id":"event-1"} }""");

        Assert.Equal((error, promotions), (result.Error, _machine.CallsOf("PromoteDatabase")));
        if (error is null && promotions == 0)
        {
            Assert.Equal("arn:former", result.Output!.Value.GetProperty("servedBy").GetString());
        }
    }

    [Fact]
    public async Task A_dead_run_that_is_taken_over_hands_on_what_it_had_begun()
    {
        _machine.Fail("AcquireLock", "DynamoDB.ConditionalCheckFailedException")
            .Answer("ReadLock", """{"Item":{"triggerId":{"S":"other"},"runState":{"S":"RUNNING"},"executionArn":{"S":"arn:dead"},"moving_orders":{"S":"failover"} } }""")
            .Answer("DescribeHolder", """{"Status":"ABORTED"}""");

        await _machine.RunAsync(Failover);

        Assert.Equal("failover", Text(_machine.InputOf("EvaluatePreflight").GetProperty("Payload").GetProperty("inherited").GetProperty("Item"), "moving_orders"));
        var @lock = _machine.Calls.Where(c => c.State == "PromoteDatabase").Select(c => c.Input.GetProperty("Input")).Single(i => i.GetProperty("database").GetString() == "orders");
        Assert.Equal("failover", @lock.GetProperty("lock").GetProperty("mark").GetString());
    }

    [Fact]
    public async Task An_alarm_that_finds_the_lock_table_down_tells_people()
    {
        var result = await _machine.Fail("AcquireLock", "DynamoDB.InternalServerErrorException").RunAsync(Failover[..^1] + ""","trigger":{"type":"alarm","id":"e"} }""");

        Assert.Equal((ExecutionStatus.Failed, 1), (result.Status, _machine.CallsOf("NotifyFailure")));
    }

    [Theory]
    [InlineData("2000-01-01T00:00:00.000Z", "Shop.OppositeMoveInProgress", 0)]
    [InlineData("2999-01-01T00:00:00.000Z", null, 2)]
    public async Task An_opposite_move_that_began_earlier_is_given_way_to_at_the_last_moment(string began, string? error, int promotions)
    {
        _machine.Answer("LookForRival", $$$"""{"Item":{"runState":{"S":"RUNNING"},"startedAt":{"S":"{{{began}}}"},"executionArn":{"S":"arn:rival"},"region":{"S":"us-west-2"} } }""");

        var result = await _machine.RunAsync(Failover);

        Assert.Equal((error, promotions), (result.Error, _machine.CallsOf("PromoteDatabase")));
        Assert.Equal(error is null ? 0 : 1, _machine.CallsOf("Unfence"));
    }

    [Theory]
    [InlineData(NoGo, "operator", true, null)]
    [InlineData(NoGo, "alarm", true, "Shop.NoGo")]
    [InlineData(NoGo, "operator", false, "Shop.NoGo")]
    [InlineData(NoGoForGood, "operator", true, "Shop.NoGo")]
    public async Task Force_is_for_operators_and_for_what_is_a_matter_of_judgement(string verdict, string trigger, bool force, string? error)
    {
        _machine.Answer("EvaluatePreflight", verdict);

        var result = await _machine.RunAsync(Failover[..^1] + $$""","force":{{(force ? "true" : "false")}},"trigger":{"type":"{{trigger}}"} }""");

        Assert.Equal(error, result.Error);
    }

    [Theory]
    [InlineData("""{"mode":"failover","maxRpoSeconds":"30"}""")]
    [InlineData("""{"mode":"failover","maxRpoSeconds":-1}""")]
    public async Task A_limit_that_is_no_number_of_seconds_is_refused(string input)
    {
        var result = await _machine.RunAsync(input);

        Assert.Equal(("Shop.InvalidInput", 0), (result.Error, _machine.Calls.Count));
    }

    [Theory]
    [InlineData("""{"Status":"FAILED","Error":"Shop.ConflictingFailover"}""", "Shop.NothingPromoted", 0)]
    [InlineData("""{"Status":"FAILED","Error":"Shop.PromotionUnknown"}""", "Shop.PartlyActivated", 2)]
    [InlineData("""{"Status":"ABORTED"}""", "Shop.PartlyActivated", 2)]
    public async Task A_promotion_that_may_have_happened_is_reconciled_and_never_called_well(string child, string error, int reconciliations)
    {
        _machine.Fail("PromoteDatabase", "States.TaskFailed", child);

        var result = await _machine.RunAsync(Failover);

        Assert.Equal((error, reconciliations), (result.Error, _machine.CallsOf("StartReconciliation")));
    }

    [Fact]
    public async Task A_database_that_moved_since_the_run_began_is_reconciled_though_the_child_found_it_done()
    {
        _machine.Answer("PromoteDatabase", Promoted.Replace("\"moved\":true", "\"moved\":false", StringComparison.Ordinal));

        Assert.Equal(ExecutionStatus.Succeeded, (await _machine.RunAsync(Failover)).Status);
        Assert.Equal(1, _machine.CallsOf("StartReconciliation"));
    }

    [Theory]
    [InlineData("failover", "Shop.PartlyActivated", 2)]
    [InlineData("switchover", "Shop.NothingPromoted", 0)]
    public async Task A_failover_that_seems_cancelled_is_in_doubt_and_a_switchover_is_not(string mode, string error, int reconciliations)
    {
        _machine.Fail("PromoteDatabase", "States.TaskFailed", """{"Status":"FAILED","Error":"Shop.PromotionCancelled"}""");

        var result = await _machine.RunAsync($$"""{"mode":"{{mode}}","allowDataLoss":true,"dryRun":false}""");

        Assert.Equal((error, reconciliations), (result.Error, _machine.CallsOf("StartReconciliation")));
    }

    [Fact]
    public async Task A_promotion_that_ran_out_of_time_is_in_doubt()
    {
        var result = await _machine.Fail("PromoteDatabase", "States.Timeout").RunAsync(Failover);

        Assert.Equal(("Shop.PartlyActivated", 2), (result.Error, _machine.CallsOf("StartReconciliation")));
        Assert.Equal(["shop-catalog-us-west-2", "shop-orders-us-west-2"], _machine.Calls.Where(c => c.State == "StartReconciliation")
            .Select(c => c.Input.GetProperty("Input").GetProperty("oldClusterId").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_fence_that_failed_may_have_had_its_effect_and_is_undone_all_the_same()
    {
        var result = await _machine.Fail("Fence", "States.TaskFailed").Fail("AskApproval", "States.Timeout").RunAsync(Failover[..^1] + ""","approval":{"required":true} }""");

        Assert.Equal(("States.Timeout", 1), (result.Error, _machine.CallsOf("Unfence")));
    }

    [Fact]
    public async Task Children_are_given_the_lock_that_their_run_holds()
    {
        await _machine.RunAsync(Failover);

        foreach (var state in (string[])["Fence", "PromoteDatabase", "RouteTraffic"])
        {
            var @lock = _machine.InputOf(state).GetProperty("Input").GetProperty("lock");
            Assert.Equal(("lock#us-east-1", "arn:aws:states:us-east-1:0:execution:regional-failover:run"), (@lock.GetProperty("pk").GetString(), @lock.GetProperty("holder").GetString()));
        }
    }

    [Fact]
    public async Task An_empty_input_writes_nothing()
    {
        var result = await _machine.RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal(
            ["EvaluatePreflight", "ReadCatalogCluster", "ReadCatalogMember", "ReadLag", "ReadLastMove", "ReadOrdersCluster", "ReadOrdersMember", "ReadRival", "ReadRouting", "SinceWhen"],
            _machine.Calls.Select(c => c.State).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_people_are_told_holds_the_figures()
    {
        await _machine.RunAsync(Failover);

        Assert.Equal(4.2, _machine.InputOf("NotifyActivated").GetProperty("Message").GetProperty("summary").GetProperty("rtoSeconds").GetDouble());
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetProperty("S").GetString()!;
}
