using System.Collections.Frozen;
using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Executions;
using Shop.Simulation.Model;
using static Shop.Simulation.Model.RegionCode;

namespace Shop.Simulation.Exploration;

/// <summary>All situations. Each name is one that a schedule can begin with.</summary>
internal static class Scenarios
{
    private static readonly WorldSetup Healthy = new();
    private static readonly WorldSetup EastLost = new() { Lost = East, LostAt = TimeSpan.FromSeconds(12) };

    /// <summary>After a failover to West: what a return finds.</summary>
    private static readonly WorldSetup AfterFailover = new() { Writer = West, Routed = [West] };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. Failovers(), .. Approvals(), .. Switchovers(), .. Harmless(), .. Promotions(), .. PromotionsByHand(), .. Routings(), .. Locks(), .. Failbacks(), .. Preflights(),
        .. Reconciliations(),
    ];

    private static FrozenDictionary<string, Scenario> ByName { get; } = All.ToFrozenDictionary(s => s.Name);

    public static Scenario Find(string name) => ByName.TryGetValue(name, out var found)
        ? found
        : throw new FormatException($"There is no scenario {name}. There are: {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}.");

    private static Start Failover(string input, double at = 30, string region = West) => new(TimeSpan.FromSeconds(at), region, "regional-failover", JsonElement.Parse(input));

    private static Start Failover(JsonElement input, double at = 30, string region = West) => new(TimeSpan.FromSeconds(at), region, "regional-failover", input);

    private static Scenario[] Failovers() =>
    [
        new("lost-region", EastLost, Failover(Triggers.Alarm("event-1"))) { IsPaired = true },
        new("lost-region-for-long", EastLost with { BackAfter = TimeSpan.FromHours(3) }, Failover(Triggers.Alarm("event-1"))) { IsExplored = false },
        new("lost-at-promotion", EastLost with { LostAt = TimeSpan.FromSeconds(45) }, Failover(Triggers.Operator)),
        new("cut-off", EastLost with { IsOnlyCutOff = true, AuroraFenceHolds = false }, Failover(Triggers.Operator)),
        new("false-alarm", Healthy, Failover(Triggers.Alarm("event-1"))),
        new("one-database", EastLost, Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"databases":["orders"]}""")),
        new("store-does-not-sell", EastLost with { StoreSells = false }, Failover(Triggers.Operator)) { IsExplored = false },
        new("two-alarms", EastLost, Failover(Triggers.Alarm("event-1")), Failover(Triggers.Alarm("event-1"), 30.02)) { IsPaired = true },
        new("late-alarm", EastLost, Failover(Triggers.Alarm("event-1")), Failover(Triggers.Alarm("event-1"), 600)) { IsExplored = false },
        new("next-alarm", EastLost, Failover(Triggers.Alarm("event-1")), Failover(Triggers.Alarm("event-2"), 700)),
        new("alarm-and-operator", EastLost, Failover(Triggers.Alarm("event-1")), Failover(Triggers.Operator, 30.05)),
        new("opposite", Healthy, Failover(Triggers.Operator), Failover(Triggers.Operator, 30, East)),
        new("opposite-later", Healthy, Failover(Triggers.Operator), Failover(Triggers.Operator, 50, East)),
        new("there-and-back", EastLost, Failover(Triggers.Operator), Failover(Triggers.Switchover, 900, East)),
        new("lag-is-unknown", EastLost with { LagMetric = LagMetric.None }, Failover(Triggers.Operator)) { IsExplored = false },
        new("lag-can-not-be-read", EastLost with { LagMetric = LagMetric.Failing }, Failover(Triggers.Operator)) { IsExplored = false },
        new("loss-is-bounded", EastLost, Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"maxRpoSeconds":30}""")) { IsExplored = false },
        new("loss-is-too-much", EastLost with { Lag = TimeSpan.FromMinutes(3) }, Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"maxRpoSeconds":30}""")) { IsExplored = false },
        new("loss-is-too-much-forced", EastLost with { LagMetric = LagMetric.None }, Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"maxRpoSeconds":30,"force":true}""")) { IsExplored = false },
        new("alarm-in-the-cool-down", EastLost, Failover(Triggers.Operator), Failover(Triggers.Alarm("event-1"), 900, East)) { IsExplored = false },
        new("opposite-forced", Healthy, Failover(Triggers.Operator), Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"force":true}""", 31, East)) { IsExplored = false },
        new("lag-is-high", EastLost with { Lag = TimeSpan.FromMinutes(3) }, Failover(Triggers.Operator)) { IsExplored = false },
    ];

    private static Scenario[] Approvals() =>
    [
        new("approved", EastLost, Failover(Triggers.Alarm("event-1", asksForApproval: true))) { IsExplored = false },
        new("denied", EastLost with { Answer = ApprovalAnswer.Deny }, Failover(Triggers.Alarm("event-1", asksForApproval: true))),
        new("false-alarm-denied", Healthy with { Answer = ApprovalAnswer.Deny }, Failover(Triggers.Alarm("event-1", asksForApproval: true))),
        new("silence", Healthy with { Answer = ApprovalAnswer.Silence }, Failover(Triggers.Alarm("event-1", asksForApproval: true))),
        new("approved-then-denied", EastLost with { Answer = ApprovalAnswer.ApproveThenDeny }, Failover(Triggers.Alarm("event-1", asksForApproval: true))) { IsExplored = false },
        new("planned-denied", Healthy with { Answer = ApprovalAnswer.Deny }, Failover("""{"mode":"switchover","dryRun":false,"approval":{"required":true}}""")),
    ];

    private static Scenario[] Switchovers() =>
    [
        new("switchover", Healthy, Failover(Triggers.Switchover)) { IsPaired = true },
        new("switchover-unequal", Healthy with { ProofDiffers = true }, Failover(Triggers.Switchover)),
        new("switchover-with-lag", Healthy with { Lag = TimeSpan.FromSeconds(40) }, Failover(Triggers.Switchover)),
        new("switchover-lag-never-falls", Healthy with { Lag = TimeSpan.FromMinutes(20) }, Failover(Triggers.Switchover)) { IsExplored = false },
        new("switchover-lag-unknown", Healthy with { LagMetric = LagMetric.None }, Failover(Triggers.Switchover)) { IsExplored = false },
        new("switchover-of-the-lost", EastLost, Failover(Triggers.Switchover)),
        new("switchover-lost-on-the-way", EastLost with { LostAt = TimeSpan.FromSeconds(40) }, Failover(Triggers.Switchover)),
        new("switchover-not-connected", Healthy with { Disconnected = ["orders"] }, Failover(Triggers.Switchover)),
        new("switchover-forced", Healthy with { Disconnected = ["orders"] }, Failover("""{"mode":"switchover","dryRun":false,"force":true}""")),
    ];

    private static Scenario[] Harmless() =>
    [
        new("empty", Healthy, Failover(Triggers.Empty)),
        new("empty-in-the-active", new() { Routed = [East] }, Failover(Triggers.Empty, region: East)),
        new("dry-run", EastLost, Failover("""{"mode":"failover"}""")),
        new("already-active", new() { Writer = West, Routed = [West] }, Failover(Triggers.Operator)),
        .. Refused(
            """{"activateRegion":"us-east-1"}""",
            """{"deactivateRegion":"us-west-2"}""",
            """{"mode":"detach"}""",
            """{"dryRun":"no"}""",
            """{"mode":"failover","dryRun":false}""",
            """{"mode":"failover","dryRun":false,"allowDataLoss":true,"databases":["carts"]}""",
            """{"mode":"failover","dryRun":false,"allowDataLoss":true,"databases":["orders","orders"]}"""),
    ];

    private static IEnumerable<Scenario> Refused(params string[] inputs) => inputs.Select((input, i) => new Scenario($"refused-{i + 1}", Healthy, Failover(input)));

    private static Scenario[] Promotions() =>
    [
        new("both-cancelled", EastLost with { Cancelled = ["catalog", "orders"] }, Failover(Triggers.Operator)),
        new("both-cancelled-false-alarm", Healthy with { Cancelled = ["catalog", "orders"] }, Failover(Triggers.Operator)),
        new("one-cancelled", EastLost with { Cancelled = ["catalog"] }, Failover(Triggers.Operator)),
        new("none-promotable", Healthy with { Unpromotable = ["catalog", "orders"] }, Failover(Triggers.Operator)),
        new("one-not-promotable", EastLost with { Unpromotable = ["orders"] }, Failover(Triggers.Operator)),
        new("moved-by-others", EastLost with { MovedByOthers = ["catalog", "orders"], MovedByOthersAt = TimeSpan.FromSeconds(25) }, Failover(Triggers.Operator)),
        new("moved-away-by-others", new() { Writer = West, MovedByOthers = ["catalog", "orders"], MovedTo = East, MovedByOthersAt = TimeSpan.FromSeconds(25) }, Failover(Triggers.Operator)),
        new("moved-away-forced", new() { Writer = West, MovedByOthers = ["catalog", "orders"], MovedTo = East, MovedByOthersAt = TimeSpan.FromSeconds(25) },
            Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"force":true}""")),
        new("half-moved-by-others", Healthy with { Unpromotable = ["catalog"], MovedByOthers = ["orders"], MovedByOthersAt = TimeSpan.FromSeconds(25) },
            Failover("""{"mode":"failover","allowDataLoss":true,"dryRun":false,"databases":["catalog"]}""")),
        new("target-never-available", EastLost with { TargetRestarts = null }, Failover(Triggers.Operator)) { IsExplored = false },
        new("stale-descriptions", EastLost with { DescribeIsStaleFor = TimeSpan.FromSeconds(70) }, Failover(Triggers.Operator)) { IsExplored = false },
        new("very-stale-descriptions", EastLost with { DescribeIsStaleFor = TimeSpan.FromSeconds(200) }, Failover(Triggers.Operator)) { IsExplored = false },
        new("slow-promotion", EastLost with { PromotionTakes = TimeSpan.FromMinutes(14) }, Failover(Triggers.Operator)) { IsExplored = false },
        new("epoch-can-not-be-opened", EastLost with { FailingFunctions = Fails("shop-open-epoch", "MySqlException") }, Failover(Triggers.Operator)) { IsExplored = false },
        new("switchover-unproven", Healthy with { FailingFunctions = Fails("shop-reconcile-prove", "Shop.DependencyUnavailable") }, Failover(Triggers.Switchover)),
        new("switchover-function-fails", Healthy with { FailingFunctions = Fails("shop-switchover-global-cluster", "Lambda.Unknown") }, Failover(Triggers.Switchover)),
    ];

    private static Start Aurora(string input) => new(TimeSpan.FromSeconds(30), West, "aurora-failover", JsonElement.Parse(input));

    /// <summary>The nested machine started by hand.</summary>
    private static Scenario[] PromotionsByHand() =>
    [
        new("promotion-by-hand", EastLost, Aurora("""{"runId":"by-hand","database":"orders","mode":"failover","allowDataLoss":true,"lagSince":"2030-01-01T00:00:00.000Z"}""")) { IsExplored = false },
        new("promotion-by-hand-refused", EastLost, Aurora("""{"runId":"by-hand","database":"orders","mode":"failover","allowDataLoss":false,"lagSince":"2030-01-01T00:00:00.000Z"}""")),
        new("promotion-of-the-unknown", EastLost, Aurora("""{"runId":"by-hand","database":"carts","mode":"failover","allowDataLoss":true,"lagSince":"2030-01-01T00:00:00.000Z"}""")),
    ];

    private static Dictionary<string, string> Fails(string function, string error) => new() { [function] = error };

    private static Scenario[] Routings() =>
    [
        new("four-endpoints-down", EastLost with { EndpointsDown = 4 }, Failover(Triggers.Operator)),
        new("five-endpoints-down", EastLost with { EndpointsDown = 5 }, Failover(Triggers.Operator)) { IsExplored = false },
        new("five-endpoints-down-for-a-minute", EastLost with { EndpointsDown = 5, EndpointsBackAfter = TimeSpan.FromSeconds(75) }, Failover(Triggers.Operator)),
        new("routing-spreads-slowly", EastLost with { RoutingSpreads = TimeSpan.FromSeconds(5) }, Failover(Triggers.Operator)) { IsExplored = false },
        new("routing-does-not-spread", EastLost with { RoutingSpreads = TimeSpan.FromMinutes(30) }, Failover(Triggers.Operator)) { IsExplored = false },
    ];

    private static Scenario[] Locks() =>
    [
        new("lock-of-a-forgotten-run", EastLost, Failover(Triggers.Operator)) { Prepare = Lock("run-of-long-ago", "RUNNING") },
        new("lock-of-a-failed-run", EastLost, Failover(Triggers.Operator)) { Prepare = Lock("run-of-long-ago", "FAILED"), IsExplored = false },
        new("two-operators-at-a-stale-lock", EastLost, Failover(Triggers.Operator), Failover(Triggers.Operator)) { Prepare = Lock("run-of-long-ago", "RUNNING") },
        new("lock-table-down-operator", EastLost with { ControlTableIsDown = true }, Failover(Triggers.Operator)),
        new("lock-table-down-alarm", EastLost with { ControlTableIsDown = true }, Failover(Triggers.Alarm("event-1"))),
    ];

    private static Action<World> Lock(string holder, string state) => world => world.TableIn(West).Seed(JsonElement.Parse($$$"""
        {"pk":{"S":"lock#{{{West}}}"},"executionArn":{"S":"arn:aws:states:{{{West}}}:000000000000:execution:regional-failover:{{{holder}}}"},
         "triggerId":{"S":"{{{holder}}}"},"runState":{"S":"{{{state}}}"},"startedAt":{"S":"2029-12-01T00:00:00.000Z"}}
        """));

    private static Start Failback(string input, string region = East, double at = 20) => new(TimeSpan.FromSeconds(at), region, "failback", JsonElement.Parse(input));

    private const string OneWish = """{"dryRun":false,"readyLooks":1,"approval":{"required":false},"trigger":{"id":"wish"}}""";

    private static Scenario[] Failbacks() =>
    [
        new("failback", AfterFailover, Failback("""{"dryRun":false}""")),
        new("failback-empty", AfterFailover, Failback("{}")),
        new("failback-alone", AfterFailover, Failback("""{"dryRun":false,"readyLooks":1,"serveBoth":false}""")) { IsExplored = false },
        new("failback-unasked", AfterFailover, Failback("""{"dryRun":false,"approval":{"required":false},"readyLooks":1}""")),
        new("failback-denied", AfterFailover with { Answer = ApprovalAnswer.Deny }, Failback("""{"dryRun":false,"readyLooks":1}""")),
        new("failback-silence", AfterFailover with { Answer = ApprovalAnswer.Silence }, Failback("""{"dryRun":false,"readyLooks":1}""")) { IsExplored = false },
        new("failback-when-connected", AfterFailover with { Disconnected = ["orders"], ConnectedAfter = TimeSpan.FromSeconds(90) }, Failback("""{"dryRun":false,"readyLooks":2,"maxLooks":9}""")),
        new("failback-never-ready", AfterFailover with { Disconnected = ["orders"] }, Failback("""{"dryRun":false,"maxLooks":3}""")),
        new("failback-already-active", AfterFailover, Failback("""{"dryRun":false}""", West)),
        new("failback-refused", AfterFailover, Failback("""{"dryRun":false,"maxLooks":0}""")) { IsExplored = false },
        new("failback-half", AfterFailover with { Unpromotable = ["catalog"] }, Failback("""{"dryRun":false,"readyLooks":1,"approval":{"required":false}}""")),
        new("failback-of-one-wish", AfterFailover, Failback(OneWish), Failback(OneWish, at: 900)),
        new("failback-of-one-wish-asked", AfterFailover, Failback(OneWishAlone), Failback(OneWishAlone.Replace("\"required\":false", "\"required\":true", StringComparison.Ordinal), at: 60)),
        new("failback-twice", AfterFailover, Failback("""{"dryRun":false,"readyLooks":1,"approval":{"required":false}}"""), Failback("""{"dryRun":false,"readyLooks":1,"approval":{"required":false}}""")),
    ];

    private const string OneWishAlone = """{"dryRun":false,"readyLooks":1,"serveBoth":false,"approval":{"required":false},"trigger":{"id":"wish"}}""";

    private static Scenario[] Preflights() =>
    [
        new("preflight", Healthy, Preflight(20), Preflight(60)),
        new("preflight-not-ready", Healthy with { Disconnected = ["orders"], ConnectedAfter = TimeSpan.FromSeconds(40) }, Preflight(20), Preflight(60)),
        new("preflight-table-down", Healthy with { ControlTableIsDown = true }, Preflight(20)),
        new("preflight-broken", Healthy with { FailingFunctions = Fails("shop-evaluate-preflight", "Lambda.Unknown") }, Preflight(20)),
    ];

    private static Start Preflight(double at) => new(TimeSpan.FromSeconds(at), West, "preflight", Triggers.Empty);

    private static Start Reconcile(string input, double at) => new(TimeSpan.FromSeconds(at), West, "reconciliation", JsonElement.Parse(input));

    private static string Of(string database, string runId = "by-hand") =>
        $$$"""{"runId":"{{{runId}}}","database":"{{{database}}}","oldClusterId":"shop-{{{database}}}-us-east-1","oldRegion":"us-east-1","failoverStartedAt":"2030-01-01T00:00:01.000Z"}""";

    /// <summary>A failover that somebody made by hand, and a reconciliation that somebody starts by hand.</summary>
    private static WorldSetup ByHand(WorldSetup setup) => setup with
    {
        Lost = East,
        LostAt = TimeSpan.FromSeconds(22),
        BackAfter = TimeSpan.FromSeconds(100),
        MovedByOthers = ["catalog", "orders"],
        MovedByOthersAt = TimeSpan.FromSeconds(24),
    };

    private static Action<World> Claim(string state) => world => world.TableIn(West).Seed(JsonElement.Parse($$$"""
        {"pk":{"S":"recon#orders#by-hand"},"executionArn":{"S":"arn:aws:states:{{{West}}}:000000000000:execution:reconciliation:run-of-long-ago"},
         "runState":{"S":"{{{state}}}"},"openedAt":{"S":"2029-12-01T00:00:00.000Z"}}
        """));

    private static Scenario[] Reconciliations() =>
    [
        new("reconciliation", ByHand(new()), Reconcile(Of("orders"), 120)) { IsPaired = true },
        new("reconciliation-of-the-catalog", ByHand(new()), Reconcile(Of("catalog"), 100)) { IsExplored = false },
        new("reconciliation-twice", ByHand(new()), Reconcile(Of("orders"), 120), Reconcile(Of("orders"), 121)),
        new("reconciliation-later-again", ByHand(new()), Reconcile(Of("orders"), 120), Reconcile(Of("orders"), 1500)),
        new("reconciliation-without-a-snapshot", ByHand(new() { SnapshotAfter = null, HopelessStoppedAfter = null }), Reconcile(Of("orders"), 120)) { IsExplored = false },
        new("reconciliation-never-answered", ByHand(new() { HopelessStoppedAfter = null, FailingFunctions = Fails("shop-reconcile-find-snapshot", "Lambda.Unknown") }), Reconcile(Of("orders"), 120)) { IsExplored = false },
        new("reconciliation-copy-fails", ByHand(new() { FailedCopies = ["Snapshot"] }), Reconcile(Of("orders"), 160)),
        new("reconciliation-restore-fails", ByHand(new() { FailedCopies = ["Restore"] }), Reconcile(Of("orders"), 160)),
        new("reconciliation-instance-fails", ByHand(new() { FailedCopies = ["Instance"] }), Reconcile(Of("orders"), 160)),
        new("reconciliation-little-capacity", ByHand(new() { CapacityShortages = 3 }), Reconcile(Of("orders"), 160)),
        new("reconciliation-no-capacity", ByHand(new() { CapacityShortages = 99 }), Reconcile(Of("orders"), 160)),
        new("reconciliation-of-a-failed-one", ByHand(new()), Reconcile(Of("orders"), 160)) { Prepare = Claim("FAILED"), IsExplored = false },
        new("reconciliation-of-a-forgotten-one", ByHand(new()), Reconcile(Of("orders"), 160), Reconcile(Of("orders"), 160)) { Prepare = Claim("OPEN") },
        new("reconciliation-deletion-hangs", ByHand(new() { DeletionHangs = true }), Reconcile(Of("orders"), 160)),
        new("reconciliation-plan-fails", ByHand(new() { FailingFunctions = Fails("shop-reconcile-plan", "Shop.NothingToCompare") }), Reconcile(Of("orders"), 160)),
        new("reconciliation-compare-fails", ByHand(new() { FailingFunctions = Fails("shop-reconcile-compare", "MySqlException") }), Reconcile(Of("orders"), 160)),
        new("reconciliation-report-fails", ByHand(new() { FailingFunctions = Fails("shop-reconcile-report", "Shop.EvidenceAltered") }), Reconcile(Of("orders"), 160)),
        new("reconciliation-table-down", ByHand(new() { ControlTableIsDown = true }), Reconcile(Of("orders"), 160)),
        new("reconciliation-empty", Healthy, Reconcile("{}", 10)),
        new("reconciliation-unknown", Healthy, Reconcile(Of("carts"), 10)) { IsExplored = false },
    ];
}
