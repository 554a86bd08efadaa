namespace Shop.Nemesis.Rows;

/// <summary>A: databases and replication.</summary>
internal static class DatabaseRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("A1", "Primary killed, replication caught up", Seems.SinglePointOfFailure, "The writing Region is killed when the standby has everything.", "Failover; nothing lost; the report is empty and says so.", ["I1", "I3"], DatabaseLosses.CaughtUpAsync),
        new("A2", "Primary killed with a lost tail of exactly N orders", Seems.SinglePointOfFailure, "Replication cut, N orders acknowledged behind it, Region killed.", "The report has exactly N, with their money.", ["I1", "I3", "I10", "I16"], DatabaseLosses.LostTailAsync) { IsSmoke = true, Limit = TimeSpan.FromMinutes(9) },
        new("A3", "Lost tail with updates of replicated orders", Seems.SinglePointOfFailure, "Orders cancelled behind the cut, then the Region is killed.", "They are listed as changed, with both versions.", ["I3"], DatabaseLosses.LostUpdatesAsync),
        new("A4", "Lost tail with deletions", Seems.SinglePointOfFailure, "Orders deleted behind the cut, then the Region is killed.", "They are listed as resurrected.", ["I3"], DatabaseLosses.LostDeletionsAsync),
        new("A5", "Order replicated without its items", Seems.Misconfiguration, "The writer's line is reset over and over under load while the standby is read.", "Impossible: one transaction. No header without items is ever seen.", ["I2", "I10"], DatabaseTroubles.HalfOrdersAsync),
        new("A6", "Planned switchover, everything healthy", Seems.Misconfiguration, "A planned move under load.", "Nothing lost, nothing to report, equal sums on both sides.", ["I1", "I6", "I7", "I13"], DatabaseTroubles.SwitchoverAsync) { IsSmoke = true },
        new("A7", "Switchover requested while the standby lags", Seems.ExcessiveLatency, "The standby applies 40 s late.", "It waits or refuses; nothing is lost.", ["I1"], DatabaseTroubles.LaggingSwitchoverAsync),
        new("A8", "Write fence fails", Seems.Misconfiguration, "The Regions are cut off from each other and a failover is forced: the old writer can't be stopped.", "Its Region's functions refuse once they hear of the new epoch; what slipped in is in the report.", ["I1", "I3", "I6"], RegionMoves.UnfencedAsync) { IsSmoke = true },
        new("A9", "Write fence times out, then succeeds late", Seems.ExcessiveLatency, "As A8; the way to the old writer opens later.", "As A8, and both events are told.", ["I1", "I6"], RegionMoves.LateFenceAsync),
        new("A10", "Old primary returns writable", Seems.SharedFate, "The old writer is frozen and cut off during the failover, then thaws.", "Its writes are refused by the epoch.", ["I1", "I6"], RegionMoves.ZombieAsync),
        new("A11", "Primary paused, not dead", Seems.SinglePointOfFailure, "The writer's process is frozen: connections open, no answers.", "The alarm of the shopping journey goes off; a failover helps.", ["I1", "I6"], DatabaseTroubles.GrayAsync),
        new("A12", "The client saw no OK, the server committed", Seems.Misconfiguration, "The answer to COMMIT is lost and the line reset.", "The retry gets the same order; there is one.", ["I1", "I4"], DatabaseTroubles.CommitAnswerLostAsync) { IsSmoke = true },
        new("A13", "The client saw no OK, the server did not commit", Seems.Misconfiguration, "The line is reset in the middle of the transaction.", "The retry creates it; there is one.", ["I1", "I4"], DatabaseTroubles.CutBeforeCommitAsync),
        new("A14", "Acknowledged, not flushed, crash", Seems.Misconfiguration, "Committed orders vanish from both databases, as a log that was not flushed loses them.", "The checker says so: this row tests the checker.", [], DatabaseTroubles.VanishedAsync),
        new("A15", "Deadlocks and lock waits", Seems.ExcessiveLoad, "A long transaction holds the row that every order reads, in a storm of orders.", "All are placed in the end, once.", ["I1", "I4"], DatabaseTroubles.LockedAsync),
        new("A16", "Connections exhausted", Seems.ExcessiveLoad, "max_connections is used up and the store's own connections are killed.", "503 with Retry-After, no partial orders, and it recovers.", ["I4", "I1"], DatabaseTroubles.NoConnectionsAsync),
        new("A17", "Disk full at the primary", Seems.ExcessiveLoad, "The writer's data lie on a small disk, which is filled up.", "Orders are refused cleanly, health is red, and it recovers.", ["I1", "I4"], DiskFull.RunAsync) { Limit = TimeSpan.FromMinutes(6) },
        new("A18", "Received, not applied", Seems.ExcessiveLatency, "The standby receives and does not apply; then the primary is killed.", "No promotion over what is not applied: nothing is lost.", ["I1", "I3"], DatabaseLosses.UnappliedAsync),
        new("A19", "Replication broken by a duplicate key", Seems.Misconfiguration, "Somebody wrote into the standby what the primary then writes.", "A planned move is refused; after mending it goes on.", ["I1"], DatabaseTroubles.BrokenReplicationAsync),
        new("A20", "Schemas differ between the Regions", Seems.Misconfiguration, "A column is added in the standby only.", "The preflight says no, and why.", [], DatabaseTroubles.SchemaDriftAsync),
        new("A21", "Clocks five minutes apart", Seems.Misconfiguration, "The writer's clock is five minutes ahead, for all connections of the store.", "Nothing depends on it: the report is whole.", ["I1", "I3"], DatabaseLosses.SkewedAsync),
        new("A22", "The snapshot is older than the failure", Seems.SharedFate, "The point-of-failure snapshot is replaced by one taken before the failure.", "It is not taken for the state at the failure: no report until the right one is there, and then the exact one.", ["I1", "I3"], DatabaseLosses.OldSnapshotAsync),
        new("A23", "No snapshot at all", Seems.SharedFate, "The point-of-failure snapshot does not appear.", "No report claims anything; with the evidence at last it is written.", ["I1", "I3"], DatabaseLosses.NoSnapshotAsync),
    ];
}
