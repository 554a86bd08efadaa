using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Failover.Preflight;

namespace Shop.Failover.Tests.Preflight;

public sealed class PreflightVerdictTests
{
    private const string Here = "us-west-2";
    private const string There = "us-east-1";

    [Theory]
    [InlineData("failover")]
    [InlineData("switchover")]
    public void A_connected_secondary_is_a_go(string mode) => Assert.Equal("go", Evaluate(mode, Cluster(), Cluster()).Verdict);

    [Fact]
    public void Both_written_here_and_traffic_only_here_is_already_active() =>
        Assert.Equal("alreadyActive", Evaluate("failover", Cluster(writer: Here), Cluster(writer: Here), Routing(converged: true)).Verdict);

    [Fact]
    public void Both_written_here_with_traffic_elsewhere_is_a_go() =>
        Assert.Equal("go", Evaluate("failover", Cluster(writer: Here), Cluster(writer: Here), Routing(converged: false)).Verdict);

    [Fact]
    public void One_database_still_written_there_is_a_go() =>
        Assert.Equal("go", Evaluate("failover", Cluster(writer: Here), Cluster(), Routing(converged: true)).Verdict);

    [Theory]
    [InlineData("failover", "go")]
    [InlineData("switchover", "noGo")]
    public void A_description_that_could_not_be_read_stops_only_the_planned_move(string mode, string verdict)
    {
        var answer = Evaluate(mode, "{}", Cluster());

        Assert.Equal(verdict, answer.Verdict);
        Assert.Contains(answer.Checks, c => c.Id == "cluster.catalog" && c.Status is "unknown" or "blocker");
    }

    [Theory]
    [InlineData("failover", "go")]
    [InlineData("switchover", "noGo")]
    public void A_secondary_out_of_sync_stops_only_the_planned_move(string mode, string verdict) =>
        Assert.Equal(verdict, Evaluate(mode, Cluster(synchronization: "pending-resync"), Cluster()).Verdict);

    [Fact]
    public void An_operation_towards_the_other_Region_blocks()
    {
        var answer = Evaluate("failover", Cluster(operationTo: There), Cluster());

        Assert.Equal("noGo", answer.Verdict);
        Assert.Contains(answer.Checks, c => c.Status == "blocker" && c.Detail.Contains(There, StringComparison.Ordinal));
    }

    [Fact]
    public void An_operation_towards_this_Region_is_waited_for() =>
        Assert.Equal("go", Evaluate("failover", Cluster(operationTo: Here), Cluster()).Verdict);

    [Fact]
    public void A_cluster_without_a_member_here_blocks() =>
        Assert.Equal("noGo", Evaluate("failover", """{"globalCluster":{"GlobalClusterMembers":[]}}""", Cluster()).Verdict);

    [Theory]
    [InlineData("failover", 1, "8.0.mysql_aurora.3.08.0", "go", null)]
    [InlineData("failover", 0, "8.0.mysql_aurora.3.08.0", "noGo", "cluster.catalog.instances")]
    [InlineData("failover", 1, "8.0.mysql_aurora.3.08.1", "go", "cluster.catalog.version")]
    [InlineData("switchover", 1, "8.0.mysql_aurora.3.08.1", "noGo", "cluster.catalog.version")]
    public void A_cluster_that_could_not_become_the_writer_is_said_before_it_is_tried(string mode, int instances, string version, string verdict, string? check)
    {
        var catalog = JsonNode.Parse(Cluster())!;
        catalog["globalCluster"]!["EngineVersion"] = "8.0.mysql_aurora.3.08.0";
        catalog["member"] = new JsonObject { ["instances"] = instances, ["engineVersion"] = version };

        var answer = Evaluate(mode, catalog.ToJsonString(), Cluster());

        Assert.Equal(verdict, answer.Verdict);
        Assert.Equal(check, answer.Checks.SingleOrDefault(c => c.Id.StartsWith("cluster.catalog.", StringComparison.Ordinal))?.Id);
    }

    [Fact]
    public void Whoever_writes_already_needs_no_second_look() =>
        Assert.DoesNotContain(Evaluate("failover", Cluster(writer: Here), Cluster()).Checks, c => c.Id == "cluster.catalog.instances");

    [Fact]
    public void An_unknown_database_blocks()
    {
        var facts = new PreflightFacts(Json(Cluster()), Json(Cluster()), Json(Routing(false)));

        Assert.Equal("noGo", PreflightVerdict.Evaluate(new PreflightRequest("failover", ["orders", "payments"], Here, facts)).Verdict);
    }

    [Fact]
    public void A_database_named_twice_blocks()
    {
        var facts = new PreflightFacts(Json(Cluster()), Json(Cluster()), Json(Routing(false)));

        Assert.Equal("noGo", PreflightVerdict.Evaluate(new PreflightRequest("failover", ["orders", "orders"], Here, facts)).Verdict);
    }

    [Fact]
    public void Unreadable_routing_stops_all_but_an_operator()
    {
        var answer = Evaluate("failover", Cluster(), Cluster(), "{}");

        Assert.Equal(("noGo", true), (answer.Verdict, answer.CanForce));
        Assert.Contains(answer.Checks, c => c is { Id: "routing", Status: "blocker" });
    }

    private static PreflightAnswer Evaluate(string mode, string catalog, string orders, string? routing = null) =>
        PreflightVerdict.Evaluate(new PreflightRequest(
            mode, ["catalog", "orders"], Here, new PreflightFacts(Json(catalog), Json(orders), Json(routing ?? Routing(converged: false)))));

    private static string Cluster(string writer = There, string synchronization = "connected", string? operationTo = null)
    {
        var state = operationTo is null ? "" : ",\"FailoverState\":{\"Status\":\"failing-over\",\"ToDbClusterArn\":\"" + Arn(operationTo) + "\"}";
        return $$$"""
            {"globalCluster":{"GlobalClusterMembers":[
              {"DbClusterArn":"{{{Arn(There)}}}","IsWriter":{{{Bool(writer == There)}}}},
              {"DbClusterArn":"{{{Arn(Here)}}}","IsWriter":{{{Bool(writer == Here)}}},"SynchronizationStatus":"{{{synchronization}}}"}]{{{state}}} } }
            """;
    }

    private static string Routing(bool converged) => $$$"""{"routing":{"converged":{{{Bool(converged)}}},"states":[],"endpoint":"us-east-1"} }""";

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Arn(string region) => $"arn:aws:rds:{region}:000000000000:cluster:shop-orders-{region}";

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
