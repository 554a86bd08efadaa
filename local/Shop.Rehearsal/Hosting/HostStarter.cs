using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Shop.Rehearsal.Aurora;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.StepFunctions;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Hosting;

/// <summary>Starts a rehearsal: what needs nothing first and at once, then what needs addresses, then what needs a schema.</summary>
internal sealed class HostStarter(Workspace workspace, RehearsalOptions options, Action<string> say, TimeProvider time)
{
    private static readonly string[] DatabaseNames = ["catalog", "orders"];
    private readonly Dictionary<string, string> _passwords = ((string[])["shop-catalog-app", "shop-orders-app", "shop-broker"]).ToDictionary(n => n, _ => NewPassword());

    public async Task<RehearsalHost> StartAsync(CancellationToken cancellationToken)
    {
        var logs = LoggerFactory.Create(l => l.AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        var engines = EngineHost.Create(Path.Combine(workspace.Artifacts, "local"), workspace.Cache);
        var parts = new HostParts(workspace, options, engines, new ArcCluster(options.Regions, TimeSpan.FromSeconds(1), time), logs);
        var host = new RehearsalHost(parts, time);
        try
        {
            await StartAsync(parts, cancellationToken);
            host.Watch();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task StartAsync(HostParts parts, CancellationToken cancellationToken)
    {
        // RabbitMQ takes longer than all the rest together; nothing needs it before the first order.
        var broker = StartBrokerAsync(parts, cancellationToken);
        parts.Starting.Add(broker);
        var powers = options.Regions.ToDictionary(r => r, r => new RegionPower(r));
        parts.ArcEndpoints = await ArcEndpoints.StartAsync(parts.Arc, [.. powers.Values], cancellationToken);
        parts.Aurora = await AuroraFleet.StartAsync(
            parts.Engines, new AuroraOptions { Regions = options.Regions, Databases = DatabaseNames }, rdsEvent => Publish(parts, rdsEvent), time, cancellationToken);
        say("Aurora: catalog and orders in both Regions, replicating");

        var builder = new RegionBuilder(parts.Engines, parts.Aurora, parts.Http, parts.Logs, time);
        foreach (var region in options.Regions)
        {
            parts.Regions.Add(await builder.BuildAsync(region, powers[region], cancellationToken));
        }

        Connect(parts);
        foreach (var region in parts.Regions)
        {
            Deploy(parts, region);
        }

        await MigrateAsync(parts.Regions[0], cancellationToken);
        say("Schema and seed data: applied in the primary, replicated");
        await Task.WhenAll(parts.Regions.Select(r => StartStoreAsync(r, cancellationToken)));
        say("Functions and UI: running in both Regions");
        await broker;
        say("RabbitMQ: running");
        var record = Route53Record.ActiveActive(parts.Arc, options.Regions, options.DnsTtl);
        parts.FrontDoor = await FrontDoor.StartAsync(
            FrontDoorOptions.Default with { Port = options.FrontDoorPort }, new Route53Resolver(record, time),
            name => parts.Regions.Single(r => r.Name == name).Ui?.Address, time, cancellationToken);
    }

    private static void Publish(HostParts parts, RdsEvent rdsEvent)
    {
        parts.Announce($"RDS in {rdsEvent.Region}: {rdsEvent.Message}");
        parts.Regions.FirstOrDefault(r => r.Name == rdsEvent.Region)?
            .Events.Publish("aws.rds", rdsEvent.DetailType, rdsEvent.Detail, [rdsEvent.Source.Arn], rdsEvent.At);
    }

    private async Task StartBrokerAsync(HostParts parts, CancellationToken cancellationToken)
    {
        var hosts = options.Regions.Select(r => new RabbitMqVirtualHost(r, "shop", _passwords["shop-broker"])).ToList();
        foreach (var region in options.Regions)
        {
            parts.AddBroker(region);
        }

        parts.RabbitMq = await RabbitMqServer.StartAsync(parts.Engines, "rabbitmq", hosts, cancellationToken);
        foreach (var region in options.Regions)
        {
            parts.Broker(region).LeadTo(parts.RabbitMq.Port);
        }
    }

    /// <summary>DynamoDB replicates over the link between the Regions, both ways.</summary>
    private static void Connect(HostParts parts)
    {
        foreach (var (from, to) in ((LocalRegion, LocalRegion)[])[(parts.Regions[0], parts.Regions[1]), (parts.Regions[1], parts.Regions[0])])
        {
            var link = parts.AddLink(parts.Replication, to.DynamoDb.Address.Port);
            from.DynamoDb.ReplicateTo(new Uri($"http://{link.Endpoint}/"));
        }
    }

    private void Deploy(HostParts parts, LocalRegion region)
    {
        var peer = parts.Regions.Single(r => r != region);
        var addresses = Addresses(parts, region, peer);
        region.Functions = FunctionCatalog.Of(addresses);
        foreach (var function in region.Functions)
        {
            var (file, arguments) = workspace.Function(function.Project, options.AheadOfTime);
            region.Lambda.Deploy(new FunctionDefinition(
                function.Name, file, arguments, function.Handler, function.Environment,
                TimeSpan.FromSeconds(function.TimeoutSeconds), MaxConcurrency: function.MaxConcurrency));
        }

        foreach (var (name, (user, password)) in Logins(parts))
        {
            region.Secrets.CreateOrPut(name, new JsonObject { ["username"] = user, ["password"] = password }.ToJsonString());
        }

        var databases = addresses.Databases;
        new StateMachineDeployment(workspace, options).Deploy(
            region.StepFunctions, region.Name, parts.Arc.ControlArn(region.Name), parts.Arc.ControlArn(peer.Name), databases["catalog"].Writer, databases["orders"].Writer);
        region.Events.PutRule(AlarmRule(region.Name));
        region.Events.PutRule(PreflightRule(region.Name));
        region.Ui = NewUi(parts, region);
    }

    private static RegionAddresses Addresses(HostParts parts, LocalRegion region, LocalRegion peer) => new()
    {
        Region = region.Name,
        PeerRegion = peer.Name,
        Aws = region.Aws.Address,
        PeerAws = new Uri($"http://{parts.AddLink(parts.Services, peer.Aws.Address.Port).Endpoint}/"),
        DynamoDb = region.DynamoDb.Address,
        S3 = region.S3.Address,
        LoadBalancer = region.LoadBalancer.Address,
        Redis = region.Redis.Endpoint,
        Broker = $"amqp://{parts.Broker(region.Name).Endpoint}/{Uri.EscapeDataString(region.Name)}",
        TrustedAuthorities = parts.Engines.Tls.NoOthers,
        DatabaseAuthority = parts.Engines.Tls.Authority,
        ArcEndpoints = string.Join(',', parts.ArcEndpoints.All.Select(e => $"{e.Region}={e.Address}")),
        Databases = DatabaseNames.ToDictionary(d => d, d => (parts.Databases.WriterEndpoint(d, region.Name), parts.Databases.ReaderEndpoint(d, region.Name))),
        PeerReaders = DatabaseNames.ToDictionary(d => d, d => parts.AddLink(parts.Services, parts.Databases.ReaderPort(d, peer.Name)).Endpoint),
    };

    private Dictionary<string, (string User, string Password)> Logins(HostParts parts) => new()
    {
        ["shop-catalog-app"] = ("shop_catalog", _passwords["shop-catalog-app"]),
        ["shop-orders-app"] = ("shop_orders", _passwords["shop-orders-app"]),
        ["shop-catalog-admin"] = (Accounts.Admin, parts.Databases.AdminPassword("catalog")),
        ["shop-orders-admin"] = (Accounts.Admin, parts.Databases.AdminPassword("orders")),
        ["shop-broker"] = ("shop", _passwords["shop-broker"]),
    };

    /// <summary>The rule that CDK deploys, with this Region's names and the rehearsal's answer to whether a person must approve.</summary>
    private EventRule AlarmRule(string region) => Rule(region, "peer-region-down", new()
    {
        ["PeerDownAlarmArn"] = CloudWatch.CloudWatchService.AlarmArn(region, Journeys.PeerDownAlarm),
        ["RegionalFailoverMachineArn"] = StateMachineDeployment.MachineArn(region, "regional-failover"),
        ["MaxRpoSeconds"] = options.MaxRpoSeconds is { } seconds ? seconds.ToString(CultureInfo.InvariantCulture) : "null",
        ["ApprovalRequired"] = options.ApprovalRequired ? "true" : "false",
    }) with { IsEnabled = options.AlarmIsArmed };

    /// <summary>Looks at the readiness of this Region every now and then, so that drift is told before it matters.</summary>
    private EventRule PreflightRule(string region) => Rule(region, "preflight-schedule", new()
    {
        ["PreflightMachineArn"] = StateMachineDeployment.MachineArn(region, "preflight"),
        ["PreflightRate"] = options.PreflightMinutes == 1 ? "1 minute" : $"{options.PreflightMinutes.ToString(CultureInfo.InvariantCulture)} minutes",
    });

    private EventRule Rule(string region, string name, Dictionary<string, string> values)
    {
        values["TriggerQueueArn"] = $"arn:aws:sqs:{region}:000000000000:failover-trigger-dlq";
        return EventRule.Parse(AslSubstitutions.Apply(File.ReadAllText(Path.Combine(workspace.StateMachines, "rules", name + ".json")), values));
    }

    private UiProcess NewUi(HostParts parts, LocalRegion region)
    {
        var balancer = region.LoadBalancer.Address.ToString();
        var environment = new Dictionary<string, string>
        {
            ["AWS_REGION"] = region.Name,
            ["CATALOG_URL"] = balancer,
            ["CARTS_URL"] = balancer,
            ["CHECKOUT_URL"] = balancer,
            ["ORDERS_URL"] = balancer,
            ["DOTNET_TieredPGO"] = "0",
        };
        return new UiProcess(workspace, parts.Engines.Launcher, parts.Engines.Ports.Lease(), environment, parts.Engines.Folder.LogFor($"ui-{region.Name}"));
    }

    private static async Task MigrateAsync(LocalRegion primary, CancellationToken cancellationToken)
    {
        await Task.WhenAll(DatabaseNames.Select(async database =>
        {
            var request = new JsonObject { ["database"] = database, ["region"] = primary.Name }.ToJsonString();
            var answer = await primary.Lambda.InvokeAsync($"shop-migrate-{database}", System.Text.Encoding.UTF8.GetBytes(request), null, cancellationToken);
            if (answer.IsError)
            {
                throw new InvalidOperationException($"The migration of {database} failed: {System.Text.Encoding.UTF8.GetString(answer.Payload.Span)}");
            }
        }));
    }

    private static async Task StartStoreAsync(LocalRegion region, CancellationToken cancellationToken)
    {
        await region.EnsureTablesAsync(cancellationToken);
        Directory.CreateDirectory(Path.Combine(region.S3Folder, FunctionCatalog.ReportBucket));
        await Task.WhenAll(region.Ui!.StartAsync(cancellationToken), region.WarmAsync());
    }

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18));
}
