using System.Globalization;
using System.Text.Json;
using Shop.Failover.Preflight;
using Shop.Failover.Routing;

namespace Shop.Failover.Tests.Preflight;

/// <summary>Blockers that are a matter of judgement: how much is lost, how soon after the last move, and who else is moving.</summary>
public sealed class JudgementTests
{
    private const string Here = "us-west-2";
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("failover", 30.0, 1000, "go")]
    [InlineData("failover", 30.0, 30_000, "go")]
    [InlineData("failover", 30.0, 30_001, "noGo")]
    [InlineData("failover", 0.0, 1, "noGo")]
    [InlineData("failover", null, 3_600_000, "go")]
    [InlineData("switchover", 30.0, 3_600_000, "go")]
    public void A_lag_beyond_what_may_be_lost_stops_a_failover(string mode, double? limit, int lagMilliseconds, string verdict) =>
        Assert.Equal(verdict, Evaluate(mode, lag: Lag(lagMilliseconds), limit: limit).Verdict);

    [Theory]
    [InlineData(null, "go")]
    [InlineData(30.0, "noGo")]
    public void A_lag_that_nobody_knows_stops_only_who_wants_to_know(double? limit, string verdict)
    {
        foreach (var unknown in (string[])["{}", """{"series":[]}""", """{"series":[{"Id":"orders","Values":[],"Timestamps":[]}]}""", Lag(1, age: TimeSpan.FromMinutes(6))])
        {
            Assert.Equal(verdict, Evaluate("failover", lag: unknown, limit: limit).Verdict);
        }
    }

    [Theory]
    [InlineData("alarm", 59, "noGo")]
    [InlineData("alarm", 60, "go")]
    [InlineData("operator", 1, "go")]
    public void After_a_move_only_a_person_starts_the_next_one(string trigger, int minutes, string verdict) =>
        Assert.Equal(verdict, Evaluate("failover", trigger: trigger, lastMove: Moved(minutes)).Verdict);

    [Theory]
    [InlineData("RUNNING", -1, "noGo")]
    [InlineData("RUNNING", 1, "go")]
    [InlineData("RUNNING", 0, "noGo")]
    [InlineData("DONE", -1, "go")]
    public void Of_two_opposite_moves_the_earlier_one_goes_on(string state, int seconds, string verdict) =>
        Assert.Equal(verdict, Evaluate("failover", rival: Rival(state, Now.AddSeconds(seconds))).Verdict);

    [Fact]
    public void Exactly_one_of_two_opposite_moves_that_began_at_the_same_instant_gives_way()
    {
        var west = Evaluate("failover", rival: Rival("RUNNING", Now, "us-east-1"));
        var east = Evaluate("failover", rival: Rival("RUNNING", Now, "us-west-2"), region: "us-east-1");

        Assert.Equal(("noGo", "go"), (west.Verdict, east.Verdict));
    }

    [Fact]
    public void An_operator_may_pass_over_judgement_but_not_over_facts()
    {
        Assert.True(Evaluate("failover", lag: Lag(60_000), limit: 1, trigger: "alarm", lastMove: Moved(1), rival: Rival("RUNNING", Now.AddSeconds(-1))).CanForce);
        Assert.False(Evaluate("failover", databases: ["payments"]).CanForce);
        Assert.False(Evaluate("failover", databases: ["orders", "orders"]).CanForce);
    }

    [Fact]
    public void What_is_not_known_to_be_written_here_is_to_move()
    {
        Assert.Equal([new DatabaseMove("orders", WasElsewhere: true, "failover", IsInherited: false)], Evaluate("failover").Moves);
        Assert.Equal([new DatabaseMove("orders", WasElsewhere: false, "", IsInherited: false)], Evaluate("failover", region: "us-east-1").Moves);
        Assert.Equal([new DatabaseMove("payments", WasElsewhere: true, "switchover", IsInherited: false)], Evaluate("switchover", databases: ["payments"]).Moves);
    }

    [Theory]
    [InlineData("failover", true)]
    [InlineData("switchover", false)]
    public void What_a_dead_run_had_begun_to_move_is_finished_though_it_is_here(string begunAs, bool mayLose)
    {
        const string onlyHere = """{"routing":{"converged":true,"states":[{"arn":"arn:here","state":"On"},{"arn":"arn:there","state":"Off"}],"endpoint":"e"}}""";
        RoutingEntry[] bothOn = [new("arn:here", "On"), new("arn:there", "On")];

        var alone = Evaluate("switchover", region: "us-east-1", routing: onlyHere, bothOn: bothOn);
        var heir = Evaluate("switchover", region: "us-east-1", routing: onlyHere, bothOn: bothOn, inherited: Dead(begunAs));

        Assert.Equal(("alreadyActive", "go"), (alone.Verdict, heir.Verdict));
        Assert.Equal([new DatabaseMove("orders", WasElsewhere: true, begunAs, IsInherited: true)], heir.Moves);
        Assert.Equal((false, mayLose), (alone.MayLose, heir.MayLose));
        // What is found now is the dead run's fence, and nobody knows what was before it.
        Assert.Equal(bothOn, heir.FormerRouting);
        Assert.Contains(heir.Checks, c => c is { Id: "inherited", Status: "warning" });
    }

    [Fact]
    public void What_somebody_has_moved_here_is_looked_into_though_it_is_here()
    {
        var byHand = Evaluate("failover", region: "us-east-1", lastMove: Moved(500, "us-west-2"));
        var half = Evaluate("failover", region: "us-east-1", databases: ["catalog", "orders"], catalog: "{}");

        Assert.Equal([new DatabaseMove("orders", WasElsewhere: true, "failover", IsInherited: false)], byHand.Moves);
        Assert.Contains(byHand.Checks, c => c is { Id: "unseen.orders", Status: "warning" });
        // Nothing is recorded, but a store is written in one Region: orders came here by another way than catalog would.
        Assert.Equal(["failover", "failover"], half.Moves.Select(m => m.Mark));

        Assert.False(Evaluate("failover", region: "us-east-1", lastMove: Moved(500)).Moves[0].WasElsewhere);
        Assert.False(Evaluate("switchover", region: "us-east-1", lastMove: Moved(500, "us-west-2")).Moves[0].WasElsewhere);
    }

    [Fact]
    public void A_rival_that_has_run_out_of_time_is_none()
    {
        Assert.Equal("noGo", Evaluate("failover", rival: Rival("RUNNING", Now.AddHours(-2))).Verdict);
        Assert.Equal("go", Evaluate("failover", rival: Rival("RUNNING", Now.AddHours(-3))).Verdict);
        Assert.Equal(Now.AddMinutes(-125), Evaluate("failover").RivalSince);
    }

    [Fact]
    public void A_fence_is_undone_to_what_was_found()
    {
        RoutingEntry[] bothOn = [new("arn:here", "On"), new("arn:there", "On")];
        var found = Evaluate("failover", routing: """{"routing":{"converged":false,"states":[{"arn":"arn:here","state":"Off"},{"arn":"arn:there","state":"On"}],"endpoint":"e"}}""", bothOn: bothOn);
        var unknown = Evaluate("failover", routing: "{}", bothOn: bothOn);

        Assert.Equal([new RoutingEntry("arn:here", "Off"), new RoutingEntry("arn:there", "On")], found.FormerRouting);
        Assert.Equal(bothOn, unknown.FormerRouting);
    }

    private static PreflightAnswer Evaluate(
        string mode, string? lag = null, double? limit = null, string trigger = "operator", string lastMove = "{}", string rival = "{}",
        string[]? databases = null, string region = Here, string routing = Routing, RoutingEntry[]? bothOn = null, string inherited = "{}", string catalog = Cluster) =>
        PreflightVerdict.Evaluate(new PreflightRequest(
            mode, databases ?? ["orders"], region,
            new PreflightFacts(Json(catalog), Json(Cluster), Json(routing), lag is null ? default : Json(lag), Json(lastMove), Json(rival)),
            Now, limit, trigger, Now, CooldownMinutes: 60, bothOn, Json(inherited)));

    private const string Routing = """{"routing":{"converged":false,"states":[],"endpoint":"e"} }""";

    private const string Cluster = """
        {"globalCluster":{"GlobalClusterMembers":[
          {"DbClusterArn":"arn:aws:rds:us-east-1:0:cluster:a","IsWriter":true},{"DbClusterArn":"arn:aws:rds:us-west-2:0:cluster:b","IsWriter":false}]}}
        """;

    private static string Lag(int milliseconds, TimeSpan age = default) =>
        $$"""{"series":[{"Id":"orders","Values":[{{milliseconds}}, 0],"Timestamps":["{{Iso(Now - age)}}","{{Iso(Now - TimeSpan.FromMinutes(9))}}"]}]}""";

    private static string Moved(int minutesAgo, string to = "us-east-1") =>
        $$$"""{"Item":{"at":{"S":"{{{Iso(Now.AddMinutes(-minutesAgo))}}}"},"region":{"S":"{{{to}}}"} } }""";

    private static string Rival(string state, DateTimeOffset startedAt, string region = "us-east-1") =>
        $$$"""{"Item":{"runState":{"S":"{{{state}}}"},"startedAt":{"S":"{{{Iso(startedAt)}}}"},"region":{"S":"{{{region}}}"},"executionArn":{"S":"arn:x"} } }""";

    private static string Dead(string begunAs) =>
        $$$"""{"Item":{"executionArn":{"S":"arn:dead"},"confirmedAt":{"S":"{{{Iso(Now)}}}"},"moving_orders":{"S":"{{{begunAs}}}"} } }""";

    private static string Iso(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
