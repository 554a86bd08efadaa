namespace Shop.Nemesis.Rows;

/// <summary>B: routing, Regions, orchestration.</summary>
internal static class RegionRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("B1", "The whole Region is gone", Seems.SinglePointOfFailure, "All processes of the writing Region are killed under load.", "Failover; the time it takes is measured; carts survive.", ["I1", "I3", "I7", "I13"], RegionMoves.RegionLostAsync) { IsSmoke = true },
        new("B2", "Partition, both alive, clients reach both", Seems.SharedFate, "All links between the Regions are cut.", "No second writer: the writing Region goes on, the other one refuses orders.", ["I1", "I6"], RegionMoves.PartitionAsync) { IsSmoke = true },
        new("B3", "Partition, then a forced failover", Seems.SharedFate, "As B2; an operator forces the failover.", "The old writer's Region refuses by epoch; what was acknowledged before it heard is reported.", ["I1", "I6"], RegionMoves.UnfencedAsync),
        new("B4", "Asymmetric partition", Seems.SharedFate, "From one side requests don't arrive, answers would.", "As B2.", ["I1", "I6"], RegionMoves.AsymmetricAsync),
        new("B5", "Flapping link", Seems.ExcessiveLatency, "All links go down and up every two seconds, with the alarm armed.", "At most one failover.", ["I1"], RegionMoves.FlappingAsync),
        new("B6", "Routing switch API down", Seems.SinglePointOfFailure, "Five, then four of five endpoints of the routing cluster fail.", "With none nothing moves, with one it does.", ["I11", "I12"], Orchestration.RoutingDownAsync),
        new("B7", "Both routing controls requested Off", Seems.Misconfiguration, "An operator asks for both Regions Off.", "The safety rule refuses.", ["I12"], Orchestration.BothOffAsync),
        new("B8", "DNS answers cached by a client", Seems.ExcessiveLatency, "A client goes on sending to the Region that was left by a planned move.", "No order is acknowledged that the new writer does not have.", ["I1", "I6", "I7"], Orchestration.StaleDnsAsync),
        new("B9", "Pools keep sockets to the old writer", Seems.ExcessiveLatency, "A planned move while both Regions' functions hold connections.", "Orders flow again within 15 s from both Regions.", ["I1", "I6"], Orchestration.PooledAsync),
        new("B10", "Duplicate trigger", Seems.Misconfiguration, "An alarm, delivered twice, and an operator start a failover within a second.", "One promotion; the others say why they did nothing.", ["I11", "I1"], Orchestration.DuplicateTriggerAsync) { IsSmoke = true },
        new("B11", "Trigger in both Regions at once", Seems.SharedFate, "A failover towards each side at once.", "One goes on, the other says why not.", ["I11", "I12"], Orchestration.BothDirectionsAsync),
        new("B12", "The orchestrator dies", Seems.SinglePointOfFailure, "The run and its children are aborted in the middle of a state, as if the host had died; then redriven.", "The redrive finishes; each effect once.", ["I1", "I11"], Orchestration.OrchestratorDiesAsync) { IsSmoke = true, Limit = TimeSpan.FromMinutes(8) },
        new("B13", "Tasks fail", Seems.Misconfiguration, "RDS, the control table and Secrets Manager fail or throttle the first calls of a move.", "Retries; the move succeeds.", ["I11", "I1"], Orchestration.TasksFailAsync),
        new("B14", "A call's effect comes, its answer doesn't", Seems.ExcessiveLatency, "FailoverGlobalCluster does what it is asked and answers with an error.", "The next look sees it done; one promotion.", ["I11", "I1"], Orchestration.ZombieEffectAsync),
        new("B15", "Stale descriptions", Seems.ExcessiveLatency, "DescribeGlobalClusters answers as it did at first until two looks after the call.", "It looks on; no second promotion.", ["I11", "I1"], Orchestration.StaleDescribeAsync),
        new("B16", "Approval never comes", Seems.Misconfiguration, "A failover asks for an approval and nobody answers.", "It times out to a safe state; no lock is left, nothing promoted.", ["I11"], Orchestration.NoApprovalAsync),
        new("B17", "Approval used twice", Seems.Misconfiguration, "An approval is given and given again.", "The second one finds nobody waiting; one promotion.", ["I11", "I14"], Orchestration.ApprovedTwiceAsync),
        new("B18", "Failback while the reconciliation is open", Seems.Misconfiguration, "The store is given back before the report is written.", "Refused, or nothing is lost by it.", ["I1"], Orchestration.EarlyFailbackAsync),
        new("B19", "The other Region fails during the failover", Seems.SharedFate, "The Region that is being activated is killed in the middle of the run.", "Nothing is written twice; the store sells where its writer is.", ["I1", "I6"], Orchestration.SecondRegionDiesAsync),
        new("B20", "No standby instance", Seems.SinglePointOfFailure, "The standby's database process is gone.", "A planned move is refused, and says why.", ["I11"], Orchestration.NoStandbyAsync),
    ];
}
