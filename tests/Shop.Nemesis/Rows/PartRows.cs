namespace Shop.Nemesis.Rows;

/// <summary>C: queue, cache, key-value store, functions.</summary>
internal static class PartRows
{
    public static readonly IReadOnlyList<Row> All =
    [
        new("C1", "Broker down at submit", Seems.SinglePointOfFailure, "RabbitMQ is killed.", "Orders are acknowledged; their events wait in the outbox and are delivered later.", ["I1", "I8"], QueueTroubles.BrokerDownAsync) { IsSmoke = true },
        new("C2", "Broker blocks publishers", Seems.ExcessiveLoad, "The broker's memory alarm is set off.", "Orders go on at their pace; events come later.", ["I1", "I8"], QueueTroubles.BrokerBlocksAsync),
        new("C3", "Confirm lost after the broker stored the message", Seems.ExcessiveLatency, "The line to the broker is cut at the confirm.", "Published again under the same event id.", ["I1", "I8"], QueueTroubles.ConfirmLostAsync),
        new("C4", "Consumer dies between effect and acknowledgement", Seems.SinglePointOfFailure, "The consumer keeps a message and dies.", "It is delivered again under the same event id: the effect counts once.", ["I8"], QueueTroubles.ConsumerDiesAsync),
        new("C5", "Events of orders that were then lost", Seems.SharedFate, "A2 with the relay on: events go out for orders behind the cut.", "Each such order is in the report.", ["I1", "I3", "I8"], QueueTroubles.OrphansAsync) { IsSmoke = true },
        new("C6", "Unsent outbox rows, both Regions' relays run", Seems.Misconfiguration, "Events wait in the outbox while both relays are started.", "One effect each.", ["I8"], QueueTroubles.TwoRelaysAsync),
        new("C7", "Queue deleted", Seems.Misconfiguration, "The queue is deleted under load.", "Unroutable messages are not taken for sent; delivered once it is there again.", ["I1", "I8"], QueueTroubles.QueueDeletedAsync),
        new("C8", "Poison message", Seems.Misconfiguration, "A message that is no event.", "It is put aside, the rest flows.", ["I8"], QueueTroubles.PoisonAsync),
        new("C9", "Cache killed during checkout", Seems.SinglePointOfFailure, "Redis of both Regions is killed between review and confirmation.", "The customer enters the details again; one order.", ["I1", "I4"], StoreTroubles.CacheKilledAsync),
        new("C10", "Cache paused", Seems.ExcessiveLatency, "Redis is frozen for some seconds.", "An answer in time: 503 with Retry-After.", [], StoreTroubles.CachePausedAsync),
        new("C11", "Cache out of memory", Seems.ExcessiveLoad, "Redis has 1 MB and evicts nothing.", "A clear error, no 500.", [], StoreTroubles.CacheFullAsync),
        new("C12", "Stale checkout of another Region", Seems.SharedFate, "A checkout with yesterday's prices is put into the cache.", "Prices are checked again at submit.", ["I10"], StoreTroubles.StaleCheckoutAsync),
        new("C13", "Cart replication paused", Seems.ExcessiveLatency, "The tables' link is cut, carts are filled in both Regions.", "Afterwards both have all that was added.", [], StoreTroubles.CartsApartAsync),
        new("C14", "Concurrent cart writes in both Regions", Seems.SharedFate, "The same line is set in both Regions during a partition.", "One wins, the same in both.", [], StoreTroubles.CartsCollideAsync),
        new("C15", "Key-value store throttled", Seems.ExcessiveLoad, "DynamoDB throttles every call of a Region.", "503 with Retry-After; it recovers.", [], StoreTroubles.TableThrottledAsync),
        new("C16", "Cold start storm", Seems.ExcessiveLoad, "All function processes of a Region are killed, then 40 requests come at once.", "All are answered; none with 500.", ["I1"], FunctionTroubles.ColdStormAsync),
        new("C17", "Function killed in the middle of a submit", Seems.SinglePointOfFailure, "The orders function's process is killed while its transaction is open.", "The retry places the order, once.", ["I1", "I4"], FunctionTroubles.KilledAsync),
        new("C18", "Function invoked twice", Seems.Misconfiguration, "The outbox relay is invoked three times at once.", "One effect.", ["I8"], FunctionTroubles.InvokedTwiceAsync),
        new("C19", "Secret rotated while running", Seems.Misconfiguration, "The orders login's password is changed five times under load.", "No request is refused for good.", ["I1"], FunctionTroubles.RotatedAsync),
        new("C20", "Secret store down", Seems.SinglePointOfFailure, "Secrets Manager fails; then the workers are killed too.", "Running workers go on with what they know; new ones fail closed; it recovers.", ["I1"], FunctionTroubles.NoSecretsAsync),
        new("C21", "Wrong certificate authority", Seems.Misconfiguration, "The orders function is given another authority than the database's.", "It refuses to connect; nothing is sent in the clear.", ["I1"], FunctionTroubles.WrongAuthorityAsync),
    ];
}
