using System.Text.Json;
using Shop.Asl;

namespace Shop.Failover.Tests.Machines;

public sealed class WhenReadinessIsLookedAt
{
    private readonly PlayedMachine _machine = new PlayedMachine("preflight")
        .Answer("ReadCatalogCluster", """{"GlobalClusters":[{}]}""")
        .Answer("ReadCatalogMember", """{"DbClusters":[{"DbClusterMembers":[{}],"EngineVersion":"8.0"}]}""")
        .Answer("ReadOrdersMember", """{"DbClusters":[{"DbClusterMembers":[{}],"EngineVersion":"8.0"}]}""")
        .Answer("ReadOrdersCluster", """{"GlobalClusters":[{}]}""")
        .Answer("ReadRouting", """{"Payload":{}}""");

    [Theory]
    [InlineData("go", 1)]
    [InlineData("alreadyActive", 1)]
    [InlineData("noGo", 0)]
    public async Task The_verdict_becomes_a_metric_and_a_change_is_told(string verdict, int ready)
    {
        var result = await Verdict(verdict).RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal(ready, Metric());
        Assert.Equal(1, _machine.CallsOf("NotifyChange"));
    }

    [Fact]
    public async Task The_same_verdict_again_tells_nobody()
    {
        var result = await Verdict("go").Fail("RememberVerdict", "DynamoDB.ConditionalCheckFailedException").RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal((1, 0), (_machine.CallsOf("RememberVerdict"), _machine.CallsOf("NotifyChange")));
    }

    [Fact]
    public async Task Checks_that_can_not_be_made_are_not_readiness()
    {
        var result = await _machine.Fail("EvaluatePreflight", "Lambda.Unknown").RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Equal(0, Metric());
    }

    [Theory]
    [InlineData("ReadCatalogCluster")]
    [InlineData("ReadRouting")]
    [InlineData("PublishFailoverReady")]
    [InlineData("RememberVerdict")]
    [InlineData("NotifyChange")]
    public async Task A_service_that_is_down_does_not_hide_the_verdict(string state)
    {
        var result = await Verdict("go").Fail(state, "States.TaskFailed").RunAsync("{}");

        Assert.Equal(ExecutionStatus.Succeeded, result.Status);
        Assert.Contains("\"go\"", JsonSerializer.Serialize(result.Output), StringComparison.Ordinal);
    }

    private PlayedMachine Verdict(string verdict) => _machine.Answer("EvaluatePreflight", $$$"""{"Payload":{"verdict":"{{{verdict}}}","checks":[]}}""");

    private int Metric() => _machine.InputOf("PublishFailoverReady").GetProperty("MetricData")[0].GetProperty("Value").GetInt32();
}
