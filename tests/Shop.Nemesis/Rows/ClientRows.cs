namespace Shop.Nemesis.Rows;

/// <summary>D: clients, data, operators.</summary>
internal static class ClientRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("D1", "Double click, two tabs", Seems.Misconfiguration, "A browser confirms the same review page four times at once, and once more.", "One order.", ["I4", "I1"], Customers.DoubleClickAsync) { IsSmoke = true },
        new("D2", "Same key, other content", Seems.Misconfiguration, "A key is sent again with another cart.", "422; the first order stands.", ["I4", "I1", "I5"], Customers.OtherContentAsync),
        new("D3", "Retry of a key whose order was lost", Seems.SharedFate, "A2, and the client goes on sending the lost order's key.", "Placed again under the same id; not replayed.", ["I1", "I4", "I16"], Customers.LostRetryAsync) { IsSmoke = true },
        new("D4", "Replay run twice", Seems.Misconfiguration, "A report is replayed, by its requester's own word, by a second person's, and again.", "The first is refused, the second puts all back, the third changes nothing.", ["I1", "I14", "I15"], Customers.ReplayedTwiceAsync),
        new("D5", "Replay after a price has changed", Seems.Misconfiguration, "The product of a lost order costs more by the time it is replayed.", "Never silently at another price.", ["I10", "I1"], Customers.ReplayedRepricedAsync),
        new("D6", "Five times the load during a failover", Seems.ExcessiveLoad, "15 buyers a second while the Region is lost.", "Errors are 5xx with a way back; what is acknowledged is safe; it recovers.", ["I1", "I3"], Customers.OverloadAsync),
        new("D7", "Operator aborts in the middle", Seems.Misconfiguration, "The run is stopped while it promotes, then redriven.", "A safe state, and the redrive finishes.", ["I1", "I11"], Customers.AbortedAsync),
        new("D8", "Wrong Region, typo", Seems.Misconfiguration, "Inputs that name another Region, another mode, or hold other types.", "Refused; nothing moves.", ["I11"], Customers.TypoAsync),
        new("D9", "Malicious text", Seems.Misconfiguration, "A lost order whose customer is a formula, a script and an emoji.", "Escaped or masked in JSON, CSV and HTML.", ["I1", "I3"], Customers.NastyTextAsync),
    ];
}
