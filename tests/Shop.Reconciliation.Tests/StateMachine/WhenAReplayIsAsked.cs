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
            ["Announce", "DryRun", "AskApproval", "Replay", "Replay", "Verify", "Notify", "DeleteInstance", "DeleteCluster"], _machine.Aws.States.TakeLast(9));
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
        _machine.Aws.Answer("DryRun", _ => PlayedAws.Payload("""{"next":25,"isDone":true,"wouldInsert":0,"alreadyThere":25}"""));

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run(Input).Status);
        Assert.DoesNotContain("AskApproval", _machine.Aws.States);
        Assert.Contains("DeleteCluster", _machine.Aws.States);
    }

    [Theory]
    [InlineData("RestoreCopy", "Rds.InvalidRestoreException")]
    [InlineData("CreateInstance", "Rds.InsufficientDbInstanceCapacityException")]
    [InlineData("Announce", "MySqlException")]
    [InlineData("DryRun", "Shop.EvidenceAltered")]
    [InlineData("AskApproval", "Shop.ApprovalDenied")]
    [InlineData("Replay", "MySqlException")]
    [InlineData("Verify", "MySqlException")]
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
    public void Every_state_says_why_it_is_there()
    {
        Assert.Empty(Asl.StateMachine.Validate(_machine.Definition));
        Assert.All(JsonNode.Parse(_machine.Definition)!["States"]!.AsObject(), s => Assert.False(string.IsNullOrWhiteSpace((string?)s.Value!["Comment"]), s.Key));
    }
}
