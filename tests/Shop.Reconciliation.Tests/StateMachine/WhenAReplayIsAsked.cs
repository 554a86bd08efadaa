using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;

namespace Shop.Reconciliation.Tests.StateMachine;

public sealed class WhenAReplayIsAsked
{
    private const string Input = """{"runId":"0198a2f0-run","database":"orders","requestedBy":"first"}""";
    private readonly ReconciliationMachine _machine = new("replay");

    [Fact]
    public void It_asks_a_second_person_and_inserts_in_batches_and_compares_and_cleans_up()
    {
        var result = _machine.Run(Input);

        Assert.Equal((ExecutionStatus.Succeeded, null), (result.Status, result.Cause));
        Assert.Equal(
            ["Announce", "DryRun", "AskApproval", "Replay", "Replay", "Verify", "Notify", "Withdraw", "DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(10));
        var batch = _machine.Aws.InputOf("Replay").GetProperty("Payload").Deserialize(RJson.Default.ReplayInput)!;
        Assert.Equal(("execute", "second", 10, 10), (batch.Mode, batch.ApprovedBy, batch.SoFar!.Next, batch.SoFar.Inserted));
        Assert.Equal(new("copy.example", 3307, "orders", "shop-orders-admin"), batch.Source);
        Assert.Equal("arn:kept", _machine.Aws.InputOf("RestoreCopy").GetProperty("SnapshotIdentifier").GetString());
    }

    [Fact]
    public void The_snapshot_is_the_one_that_the_reconciliation_kept()
    {
        var reconciliation = new ReconciliationMachine();
        reconciliation.Run();
        _machine.Run(Input);

        Assert.Equal(
            reconciliation.Aws.InputOf("CopySnapshot").GetProperty("TargetDBClusterSnapshotIdentifier").GetString(),
            _machine.Aws.InputOf("DescribeSnapshot").GetProperty("DbClusterSnapshotIdentifier").GetString());
    }

    [Theory]
    [InlineData("""{"approved":true,"by":"first"}""")]
    [InlineData("""{"approved":true}""")]
    [InlineData("""{"approved":false,"by":"second"}""")]
    [InlineData("""{"by":"second"}""")]
    [InlineData("""{"approved":"yes","by":"second"}""")]
    [InlineData("""{"approved":true,"by":""}""")]
    [InlineData("""{"approved":true,"by":7}""")]
    [InlineData("""{"approved":true,"by":null}""")]
    [InlineData("\"yes\"")]
    [InlineData("null")]
    public void Who_asks_does_not_approve(string answer)
    {
        _machine.Aws.Answer("AskApproval", _ => JsonNode.Parse(answer)!);

        Assert.Equal("Shop.NotApproved", _machine.Run(Input).Error);
        Assert.DoesNotContain("Replay", _machine.Aws.States);
        Assert.Contains("DeleteCluster", _machine.Aws.States);
    }

    [Fact]
    public void Nobody_is_asked_about_nothing()
    {
        _machine.Aws.Answer("DryRun", _ => PlayedAws.Payload("""{"next":25,"isDone":true,"wouldInsert":0,"alreadyThere":25,"conflicts":0,"gone":0,"review":2}"""));

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run(Input).Status);
        Assert.DoesNotContain("AskApproval", _machine.Aws.States);
        Assert.Contains("DeleteCluster", _machine.Aws.States);
    }

    [Theory]
    [InlineData("""{"next":25,"isDone":true,"wouldInsert":0,"alreadyThere":0,"conflicts":0,"gone":25,"review":0}""", "0 in conflict, 25 not on the copy")]
    [InlineData("""{"next":25,"isDone":true,"wouldInsert":0,"alreadyThere":5,"conflicts":20,"gone":0,"review":0}""", "20 in conflict, 0 not on the copy")]
    public void A_replay_that_can_insert_nothing_of_what_is_missing_fails_and_says_so(string dryRun, string cause)
    {
        _machine.Aws.Answer("DryRun", _ => PlayedAws.Payload(dryRun));

        var result = _machine.Run(Input);

        Assert.Equal((ExecutionStatus.Failed, "Shop.NothingReplayable"), (result.Status, result.Error));
        Assert.Contains(cause, result.Cause, StringComparison.Ordinal);
        Assert.Equal(["NotifyTrouble", "Withdraw", "DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(4));
    }

    [Fact]
    public void What_still_differs_afterwards_is_a_failure_and_somebody_is_told()
    {
        _machine.Aws.Answer("Verify", _ => PlayedAws.Payload("""{"next":25,"isDone":true,"differing":7}"""));

        var result = _machine.Run(Input);

        Assert.Equal((ExecutionStatus.Failed, "Shop.StillDiffers"), (result.Status, result.Error));
        Assert.Contains("7 still differ", _machine.Aws.InputOf("NotifyTrouble").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["NotifyTrouble", "Withdraw", "DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(4));
    }

    [Theory]
    [InlineData("Announce")]
    [InlineData("DryRun")]
    [InlineData("AskApproval")]
    [InlineData("Replay")]
    [InlineData("Verify")]
    public void What_was_announced_is_taken_back_whatever_ends_the_replay(string state)
    {
        _machine.Aws.Fail(state, "SomeException");
        _machine.Run(Input);

        Assert.Equal("withdraw", _machine.Aws.InputOf("Withdraw").GetProperty("Payload").GetProperty("mode").GetString());
        Assert.Equal(["Withdraw", "DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(3));
    }

    [Theory]
    [InlineData("Announce")]
    [InlineData("DryRun")]
    [InlineData("Verify")]
    [InlineData("Withdraw")]
    public void Every_mode_goes_on_where_its_last_batch_ended(string state)
    {
        var calls = 0;
        _machine.Aws.Answer(state, _ => PlayedAws.Payload(++calls == 1
            ? """{"next":10000,"isDone":false,"wouldInsert":9000,"conflicts":0,"gone":0,"review":0,"alreadyThere":1000,"differing":0}"""
            : """{"next":12000,"isDone":true,"wouldInsert":11000,"conflicts":0,"gone":0,"review":0,"alreadyThere":1000,"differing":0}"""));

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run(Input).Status);
        Assert.Equal(2, calls);
        Assert.Equal(10_000, _machine.Aws.InputOf(state).GetProperty("Payload").GetProperty("soFar").GetProperty("next").GetInt32());
    }

    [Fact]
    public void The_mail_tells_what_is_left_out_apart_and_the_wish_to_include_it_reaches_the_task()
    {
        _machine.Run(Input.Replace("\"requestedBy\"", "\"include\":\"older-than-the-tail\",\"requestedBy\"", StringComparison.Ordinal));

        Assert.Contains("insert 24 of the missing; 1 conflicts stay as they are, 0 are not on the copy, 3 are left out", _machine.Aws.InputOf("AskApproval").GetRawText(), StringComparison.Ordinal);
        var sent = _machine.Aws.InputOf("Replay").GetProperty("Payload").Deserialize(RJson.Default.ReplayInput)!;
        Assert.Equal(("older-than-the-tail", "first", "run"), (sent.Request!.Include, sent.Request.RequestedBy, sent.Execution));
    }

    [Theory]
    [InlineData("RestoreCopy", "Rds.InvalidRestoreException")]
    [InlineData("CreateInstance", "Rds.InsufficientDbInstanceCapacityException")]
    [InlineData("Announce", "MySqlException")]
    [InlineData("DryRun", "Shop.EvidenceAltered")]
    [InlineData("AskApproval", "Shop.ApprovalDenied")]
    [InlineData("Replay", "MySqlException")]
    [InlineData("Verify", "MySqlException")]
    [InlineData("DescribeCluster", "Rds.RdsException")]
    public void Whatever_fails_the_copy_is_deleted_and_the_error_handed_on(string state, string error)
    {
        _machine.Aws.Fail(state, error);

        var result = _machine.Run(Input);

        Assert.Equal((ExecutionStatus.Failed, error), (result.Status, result.Error));
        Assert.Equal(["DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(2));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"runId":"r","database":"orders"}""")]
    [InlineData("""{"runId":"r","database":"orders","requestedBy":""}""")]
    [InlineData("""{"runId":"r","database":"invoices","requestedBy":"first"}""")]
    public void Input_from_the_console_does_no_harm(string input)
    {
        Assert.Equal("Shop.InvalidInput", _machine.Run(input).Error);
        Assert.Empty(_machine.Aws.Calls);
    }

    [Fact]
    public void A_copy_that_was_made_before_is_taken_over_and_is_no_failure()
    {
        _machine.Aws.Fail("RestoreCopy", "Rds.DbClusterAlreadyExistsException");
        _machine.Aws.Fail("CreateInstance", "Rds.DbInstanceAlreadyExistsException");

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run(Input).Status);
    }

    [Fact]
    public void Every_state_says_why_it_is_there()
    {
        Assert.Empty(Asl.StateMachine.Validate(_machine.Definition));
        Assert.All(JsonNode.Parse(_machine.Definition)!["States"]!.AsObject(), s => Assert.False(string.IsNullOrWhiteSpace((string?)s.Value!["Comment"]), s.Key));
    }
}
