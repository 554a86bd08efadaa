namespace Shop.Rehearsal.Hosting;

/// <summary>The functions that each Region has.</summary>
internal static class FunctionCatalog
{
    public const string ControlTable = "failover-control";
    public const string ReportBucket = "shop-reports";

    public static IReadOnlyList<FunctionSpec> Of(RegionAddresses at)
    {
        var url = at.LoadBalancer.ToString();
        return
        [
            Api("catalog", at, Database(at, "catalog", "app"), warm: 1),
            Api("carts", at, new() { ["AWS_ENDPOINT_URL_DYNAMODB"] = at.DynamoDb.ToString(), ["CARTS_TABLE"] = "carts" }, warm: 1),
            Api("orders", at, Orders(at, url), warm: 1),
            Api("checkout", at, new() { ["REDIS_ENDPOINT"] = at.Redis, ["REDIS_TLS"] = "false", ["CATALOG_URL"] = url, ["ORDERS_URL"] = url }, warm: 1),
            new("shop-relay-outbox", "functions/Shop.Orders", "RelayOutbox", Common(at, Orders(at, url)), 60, 1, Warm: 0),
            new("shop-migrate-catalog", "functions/Shop.Migrator", "Migrate", Common(at, Database(at, "catalog", "admin")), 120, 1, Warm: 0),
            new("shop-migrate-orders", "functions/Shop.Migrator", "Migrate", Common(at, Database(at, "orders", "admin")), 120, 1, Warm: 0),
            .. Tasks("functions/Shop.Failover", "", Common(at, Failover(at, url)), 100, warm: 1,
                "SetRoutingControls", "GetRoutingControls", "EvaluatePreflight", "OpenEpoch", "PlaceSyntheticOrder", "SummarizeRun", "SwitchoverGlobalCluster"),
            .. Tasks("functions/Shop.Reconciliation", "reconcile-", Common(at, Reconciliation(at)), 900, warm: 0,
                "FindSnapshot", "Plan", "Compare", "Report", "Replay", "Prove"),
        ];
    }

    /// <summary><c>PlaceSyntheticOrder</c> is the function <c>shop-place-synthetic-order</c>.</summary>
    public static string NameOf(string task, string prefix = "") =>
        $"shop-{prefix}" + string.Concat(task.Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : c.ToString()));

    private static FunctionSpec Api(string service, RegionAddresses at, Dictionary<string, string> environment, int warm) =>
        new($"shop-{service}", $"functions/Shop.{char.ToUpperInvariant(service[0])}{service[1..]}", service, Common(at, environment), 20, 2, warm);

    private static IEnumerable<FunctionSpec> Tasks(
        string project, string prefix, IReadOnlyDictionary<string, string> environment, int timeoutSeconds, int warm, params string[] handlers) =>
        handlers.Select(h => new FunctionSpec(NameOf(h, prefix), project, h, environment, timeoutSeconds, 4, h is "SwitchoverGlobalCluster" or "SummarizeRun" ? 0 : warm));

    private static Dictionary<string, string> Database(RegionAddresses at, string name, string login) => new()
    {
        ["DB_WRITER_ENDPOINT"] = at.Databases[name].Writer,
        ["DB_READER_ENDPOINT"] = at.Databases[name].Reader,
        ["DB_NAME"] = name,
        ["DB_SECRET_ID"] = $"shop-{name}-{login}",
        ["DB_SSL_CA"] = at.DatabaseAuthority,
    };

    private static Dictionary<string, string> Orders(RegionAddresses at, string url) => new(Database(at, "orders", "app"))
    {
        ["BROKER_ENDPOINT"] = at.Broker,
        ["BROKER_SECRET_ID"] = "shop-broker",
        ["CATALOG_URL"] = url,
        ["CONTROL_TABLE"] = ControlTable,
        ["AWS_ENDPOINT_URL_DYNAMODB"] = at.DynamoDb.ToString(),
    };

    private static Dictionary<string, string> Failover(RegionAddresses at, string url) => new()
    {
        ["ARC_ENDPOINTS"] = at.ArcEndpoints,
        ["PEER_REGION"] = at.PeerRegion,
        ["PEER_RDS_ENDPOINT"] = at.PeerAws.ToString(),
        ["ORDERS_URL"] = url,
        ["CATALOG_DB_WRITER_ENDPOINT"] = at.Databases["catalog"].Writer,
        ["CATALOG_DB_SECRET_ID"] = "shop-catalog-admin",
        ["ORDERS_DB_WRITER_ENDPOINT"] = at.Databases["orders"].Writer,
        ["ORDERS_DB_SECRET_ID"] = "shop-orders-admin",
        ["DB_SSL_CA"] = at.DatabaseAuthority,
    };

    private static Dictionary<string, string> Reconciliation(RegionAddresses at) => new()
    {
        ["PEER_REGION"] = at.PeerRegion,
        ["PEER_RDS_ENDPOINT"] = at.PeerAws.ToString(),
        ["REPORT_BUCKET"] = ReportBucket,
        ["AWS_ENDPOINT_URL_S3"] = at.S3.ToString(),
        ["CATALOG_DB_WRITER_ENDPOINT"] = at.Databases["catalog"].Writer,
        ["CATALOG_PEER_READER_ENDPOINT"] = at.PeerReaders["catalog"],
        ["CATALOG_DB_SECRET_ID"] = "shop-catalog-admin",
        ["ORDERS_DB_WRITER_ENDPOINT"] = at.Databases["orders"].Writer,
        ["ORDERS_PEER_READER_ENDPOINT"] = at.PeerReaders["orders"],
        ["ORDERS_DB_SECRET_ID"] = "shop-orders-admin",
        ["DB_SSL_CA"] = at.DatabaseAuthority,
    };

    private static Dictionary<string, string> Common(RegionAddresses at, Dictionary<string, string> own) => new(own)
    {
        ["AWS_REGION"] = at.Region,
        ["POWERTOOLS_METRICS_NAMESPACE"] = "ecommerce",
        ["AWS_DEFAULT_REGION"] = at.Region,
        ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = at.Aws.ToString(),
        // Several small processes share two cores: profiling the code to optimize it later costs more than it brings.
        ["DOTNET_TieredPGO"] = "0",
        ["SSL_CERT_FILE"] = at.TrustedAuthorities,
        ["SSL_CERT_DIR"] = Path.GetDirectoryName(at.TrustedAuthorities) + "/none",
        // Nobody checks them here; a signature needs some.
        ["AWS_ACCESS_KEY_ID"] = "rehearsal",
        ["AWS_SECRET_ACCESS_KEY"] = "rehearsal",
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };
}
