using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;

namespace Shop.Reconciliation.Tests.StateMachine;

public sealed class WhenTheMachineRuns
{
    private static readonly string[] Copying = ["CopySnapshot", "RestoreCopy", "CreateInstance"];
    private readonly ReconciliationMachine _machine = new();

    [Fact]
    public void It_compares_the_restored_copy_with_the_new_primary_and_cleans_up()
    {
        var result = _machine.Run();

        Assert.Equal((ExecutionStatus.Succeeded, null), (result.Status, result.Cause));
        Assert.Equal(25, result.Output!.Value.GetProperty("missing").GetInt32());
        var plan = _machine.Aws.InputOf("Plan").GetProperty("Payload");
        Assert.Equal(("copy.example", 3307), (plan.GetProperty("source").GetProperty("host").GetString(), plan.GetProperty("source").GetProperty("port").GetInt32()));
        Assert.Equal(("orders.example", 3306), (plan.GetProperty("target").GetProperty("host").GetString(), plan.GetProperty("target").GetProperty("port").GetInt32()));
        Assert.Equal(740, plan.GetProperty("lagMs").GetInt32());
        Assert.Equal(
            ["CompareVersionsOfGroup", "CompareVersionsOfGroup", "CompareGroup", "CompareGroup"],
            _machine.Aws.States.Where(s => s.StartsWith("Compare", StringComparison.Ordinal)));
        Assert.Equal("versions", _machine.Aws.InputOf("CompareVersionsOfGroup").GetProperty("Payload").GetProperty("phase").GetString());
        Assert.Equal(["Notify", "DeleteInstance", "DeleteCluster", "RecordResult"], _machine.Aws.States.TakeLast(4));
    }

    [Fact]
    public void What_the_tasks_are_sent_fits_what_they_read()
    {
        _machine.Run();

        var find = _machine.Aws.InputOf("FindSnapshot").GetProperty("Payload").Deserialize(RJson.Default.FindSnapshotInput)!;
        var plan = _machine.Aws.InputOf("Plan").GetProperty("Payload").Deserialize(RJson.Default.PlanInput)!;
        var compare = _machine.Aws.InputOf("CompareGroup").GetProperty("Payload").Deserialize(RJson.Default.CompareInput)!;
        var report = _machine.Aws.InputOf("Report").GetProperty("Payload").Deserialize(RJson.Default.ReportInput)!;
        Assert.Equal(("shop-orders-us-east-1", "us-east-1"), (find.OldClusterId, find.OldRegion));
        Assert.Equal(new("copy.example", 3307, "orders", "shop-orders-admin"), plan.Source);
        Assert.Equal(new("orders.example", 3306, "orders", "shop-orders-admin"), compare.Target);
        Assert.Equal(("rds:s", "us-west-2", 740d), (report.SnapshotId, report.NewRegion, report.LagMs));
    }

    [Fact]
    public void It_waits_for_a_Region_that_stays_dark_for_days()
    {
        var looks = 0;
        _machine.Aws.Answer("FindSnapshot", _ => ++looks switch
        {
            < 500 => PlayedAws.Payload("""{"found":false,"reason":"us-east-1 does not answer"}"""),
            < 600 => throw new TaskFailureException("AwsException", "refused"),
            _ => PlayedAws.Payload("""{"found":true,"snapshotArn":"a","snapshotId":"s"}"""),
        });

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.InRange(_machine.Time.Elapsed, TimeSpan.FromDays(2), TimeSpan.FromDays(3));
    }

    [Fact]
    public void Without_a_snapshot_it_says_so_within_its_history_and_touches_nothing()
    {
        _machine.Aws.Answer("FindSnapshot", _ => PlayedAws.Payload("""{"found":false,"reason":"none yet"}"""));

        var result = _machine.Run();

        Assert.Equal((ExecutionStatus.Failed, "Shop.SnapshotNotFound"), (result.Status, result.Error));
        Assert.Contains("NotifyFailure", _machine.Aws.States);
        Assert.DoesNotContain(_machine.Aws.States, s => Copying.Contains(s) || s.StartsWith("Delete", StringComparison.Ordinal));
        Assert.InRange(_machine.Events, 1, 24_999);
    }

    [Fact]
    public void It_polls_until_each_step_is_done()
    {
        var statuses = new Queue<string>(["creating", "creating", "available"]);
        _machine.Aws.Answer("DescribeCluster", _ => PlayedAws.Cluster(statuses.Dequeue()));

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.Equal(3, _machine.Aws.States.Count(s => s == "DescribeCluster"));
    }

    [Fact]
    public void What_a_former_attempt_made_is_used()
    {
        _machine.Aws.Fail("CopySnapshot", "Rds.DbClusterSnapshotAlreadyExistsException");
        _machine.Aws.Fail("RestoreCopy", "Rds.DbClusterAlreadyExistsException");
        _machine.Aws.Fail("CreateInstance", "Rds.DbInstanceAlreadyExistsException");

        var result = _machine.Run();

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.All(Copying, state => Assert.Single(_machine.Aws.States, s => s == state));
    }

    [Fact]
    public void A_second_start_has_no_second_effect()
    {
        _machine.Aws.Fail("Claim", "DynamoDB.ConditionalCheckFailedException");

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.Equal(["Claim", "ReadClaim"], _machine.Aws.States);
    }

    [Theory]
    [InlineData("RUNNING", ExecutionStatus.Succeeded, null)]
    [InlineData("ABORTED", ExecutionStatus.Failed, "Shop.ReconciliationInterrupted")]
    [InlineData("FAILED", ExecutionStatus.Failed, "Shop.ReconciliationInterrupted")]
    public void An_open_claim_of_another_execution_is_left_to_it(string status, ExecutionStatus ends, string? error)
    {
        Claimed();
        _machine.Aws.Answer("DescribeClaimant", _ => new JsonObject { ["Status"] = status });

        var result = _machine.Run();

        Assert.Equal((ends, error), (result.Status, result.Error));
        Assert.DoesNotContain("FindSnapshot", _machine.Aws.States);
    }

    [Fact]
    public void A_claim_of_an_execution_that_nobody_knows_any_more_is_taken_over()
    {
        Claimed();
        _machine.Aws.Fail("DescribeClaimant", "Sfn.ExecutionDoesNotExistException");

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.Contains("Report", _machine.Aws.States);
    }

    private void Claimed()
    {
        _machine.Aws.Fail("Claim", "DynamoDB.ConditionalCheckFailedException");
        _machine.Aws.Answer("ReadClaim", _ => JsonNode.Parse("""{"Item":{"runState":{"S":"OPEN"},"executionArn":{"S":"arn:other"} } }""")!);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"runId":"r","database":"orders"}""")]
    [InlineData("""{"runId":"r","database":"invoices","oldClusterId":"c","oldRegion":"us-east-1","failoverStartedAt":"2026-11-23T12:00:00Z"}""")]
    public void Input_from_the_console_does_no_harm(string input)
    {
        var result = _machine.Run(input);

        Assert.Equal((ExecutionStatus.Failed, "Shop.InvalidInput"), (result.Status, result.Error));
        Assert.Empty(_machine.Aws.Calls);
    }

    [Theory]
    [InlineData("CopySnapshot", "Rds.KmsKeyNotAccessibleException")]
    [InlineData("DescribeCopy", "Rds.RdsException")]
    [InlineData("RestoreCopy", "Rds.InvalidRestoreException")]
    [InlineData("DescribeCluster", "Rds.RdsException")]
    [InlineData("CreateInstance", "Rds.InsufficientDbInstanceCapacityException")]
    [InlineData("DescribeInstance", "Rds.RdsException")]
    [InlineData("LocateCopy", "Rds.RdsException")]
    [InlineData("Plan", "Shop.NothingToCompare")]
    [InlineData("CompareVersionsOfGroup", "Shop.DependencyUnavailable")]
    [InlineData("CompareGroup", "Shop.DependencyUnavailable")]
    [InlineData("Report", "Shop.EvidenceAltered")]
    public void Whatever_fails_the_copy_is_deleted_and_somebody_told(string state, string error)
    {
        _machine.Aws.Fail(state, error);

        var result = _machine.Run();

        Assert.Equal((ExecutionStatus.Failed, error), (result.Status, result.Error));
        Assert.Equal(["DeleteInstance", "DeleteCluster", "RecordFailure", "NotifyFailure"], _machine.Aws.States.TakeLast(4));
    }

    [Fact]
    public void A_primary_that_is_busy_for_hours_is_waited_for()
    {
        var looks = 0;
        _machine.Aws.Answer("CompareGroup", input => ++looks <= 20
            ? throw new TaskFailureException("Shop.ServerBusy", "busy")
            : PlayedAws.Payload($$"""{"group":{{input.GetProperty("Payload").GetProperty("group")}},"missing":1,"changed":0,"resurrected":0,"extra":0}"""));

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
    }

    [Theory]
    [InlineData("DescribeCopy", """{"DbClusterSnapshots":[{"Status":"failed","DbClusterSnapshotArn":"a"}]}""")]
    [InlineData("DescribeCluster", """{"DbClusters":[{"Status":"incompatible-restore"}]}""")]
    [InlineData("DescribeInstance", """{"DbInstances":[{"DbInstanceStatus":"incompatible-parameters"}]}""")]
    public void A_state_that_nothing_leaves_ends_the_waiting(string state, string answer)
    {
        _machine.Aws.Answer(state, _ => JsonNode.Parse(answer)!);

        Assert.Equal("Shop.CopyFailed", _machine.Run().Error);
        Assert.Contains("DeleteCluster", _machine.Aws.States);
    }

    [Fact]
    public void A_report_survives_a_clean_up_that_fails_and_a_person_is_told()
    {
        _machine.Aws.Fail("DeleteCluster", "Rds.InvalidDbClusterStateException");

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.Contains("NotifyLeftover", _machine.Aws.States);
        Assert.Contains("RecordResult", _machine.Aws.States);
    }

    [Theory]
    [InlineData("Notify")]
    [InlineData("RecordResult")]
    public void A_report_survives_a_message_or_a_record_that_fails(string state)
    {
        _machine.Aws.Fail(state, "SomeException");

        Assert.Equal(ExecutionStatus.Succeeded, _machine.Run().Status);
        Assert.Contains("DeleteCluster", _machine.Aws.States);
    }

    [Fact]
    public void Names_fit_the_limit_of_RDS_whatever_the_run_is_called()
    {
        _machine.Run(ReconciliationMachine.Input.Replace("0198a2f0-run", new string('x', 80), StringComparison.Ordinal).Replace("\"orders\"", "\"catalog\"", StringComparison.Ordinal));

        string[] names =
        [
            _machine.Aws.InputOf("CopySnapshot").GetProperty("TargetDBClusterSnapshotIdentifier").GetString()!,
            _machine.Aws.InputOf("RestoreCopy").GetProperty("DbClusterIdentifier").GetString()!,
            _machine.Aws.InputOf("CreateInstance").GetProperty("DbInstanceIdentifier").GetString()!,
        ];
        Assert.All(names, n => Assert.Matches("^[a-z](-?[a-z0-9]+)*$", n));
        Assert.All(names, n => Assert.InRange(n.Length, 1, 63));
    }

    [Fact]
    public void A_missing_lag_is_said_to_be_unknown()
    {
        _machine.Run("""{"runId":"r","database":"orders","oldClusterId":"c","oldRegion":"us-east-1","failoverStartedAt":"2026-11-23T12:00:00Z"}""");

        Assert.Equal(-1, _machine.Aws.InputOf("Report").GetProperty("Payload").GetProperty("lagMs").GetInt32());
    }

    [Fact]
    public void Every_state_says_why_it_is_there_and_every_task_what_it_does_when_it_fails()
    {
        Assert.Empty(Asl.StateMachine.Validate(_machine.Definition));
        var states = JsonNode.Parse(_machine.Definition)!["States"]!.AsObject();

        Assert.All(states, s => Assert.False(string.IsNullOrWhiteSpace((string?)s.Value!["Comment"]), s.Key));
        Assert.All(
            states.Where(s => (string?)s.Value!["Type"] == "Task"),
            s => Assert.True(s.Value!["TimeoutSeconds"] is not null && s.Value["Retry"] is not null && s.Value["Catch"] is not null, s.Key));
    }
}
