namespace Shop.Rehearsal.Faults;

/// <summary>Something that can be broken in a running rehearsal.</summary>
/// <param name="Effect">What one will see, in a sentence: read before it is done.</param>
/// <param name="TakesRegion">Whether it happens in one Region, or between the two.</param>
internal sealed record FaultKind(string Name, string Title, string Effect, bool TakesRegion)
{
    /// <summary>What a fault given in words does; null for those that have a name.</summary>
    public FaultAction? Action { get; init; }


    public static readonly IReadOnlyList<FaultKind> All =
    [
        new("cut-replication", "Cut replication", "Databases and tables stop replicating. Orders go on being taken and exist in one Region only: what a failover now would lose.", false),
        new("partition", "Partition the Regions", "All links are cut, both Regions live on. A failover deposes a writer that nobody can stop.", false),
        new("slow-link", "Slow link", "Every link between the Regions takes a second longer each way. Shoppers in the reading Region feel it with each order.", false),
        new("silent-link", "Silent link", "Nothing passes between the Regions and nobody is told: connections hang until their time-out.", false),
        new("cut-dynamodb-replication", "Cut DynamoDB replication", "Carts and the control table stop replicating; the databases go on.", false),
        new("arc-endpoints-down", "Four of five ARC endpoints down", "Four answer that they are unavailable. Moving the traffic must still work, through the fifth.", false),
        new("arc-endpoints-silent", "All ARC endpoints silent", "Routing controls can't be read or changed: a failover can't move the traffic.", false),
        new("pause-orders-database", "Pause the orders database", "Its process is frozen: connections stay open, nothing answers. In the writing Region no order can be placed.", true),
        new("pause-catalog-database", "Pause the catalog database", "Its process is frozen: the Region's product pages wait, then fail.", true),
        new("pause-redis", "Pause Redis", "Checkouts in progress in that Region hang; orders that are placed already are safe.", true),
        new("cut-rabbitmq", "Cut RabbitMQ off", "Order events of that Region stay in the outbox until it is back. Orders go on.", true),
        new("pause-dynamodb", "Pause DynamoDB", "Carts of that Region hang, and so does the control table that a failover writes its lock to.", true),
    ];

    public static FaultKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);
}
