using System.Text.Json.Nodes;

namespace Shop.Cost;

/// <param name="Service">As the table groups it.</param>
/// <param name="Region">A Region's code.</param>
/// <param name="Monthly">USD.</param>
internal sealed record BillLine(string Service, string Region, decimal Monthly);

/// <summary>Templates priced for one profile: each resource by its type, and what is paid by use.</summary>
internal sealed class Bill
{
    public const string RecoveryCluster = "ARC cluster";
    private readonly PriceList _prices;
    private readonly Profile _profile;
    private readonly List<BillLine> _lines = [];
    private readonly Dictionary<string, int> _counted = [];

    public Bill(IReadOnlyList<StackTemplate> templates, PriceList prices, Profile profile)
    {
        (_prices, _profile) = (prices, profile);
        foreach (var template in templates)
        {
            foreach (var (id, resource) in template.Resources)
            {
                Add(template, id, resource);
            }
        }

        var regions = templates.Select(t => t.Region).Distinct().ToList();
        foreach (var region in regions)
        {
            AddUse(region, 1m / regions.Count, templates);
        }
    }

    public IReadOnlyList<BillLine> Lines => _lines;

    private decimal Hours => _prices.HoursPerMonth;

    private void Add(StackTemplate template, string id, JsonObject resource)
    {
        var type = resource["Type"]!.ToString();
        var p = resource["Properties"] as JsonObject ?? [];
        _ = type switch
        {
            "AWS::ElasticLoadBalancingV2::LoadBalancer" => Line("Load balancers", template, Hours * (_prices.Of("alb") + (p["Scheme"]?.ToString() == "internet-facing" ? 3 * _prices.Of("ipv4") : 0))),
            "AWS::EC2::VPCEndpoint" => Line("Network", template, p["VpcEndpointType"]?.ToString() == "Interface" ? Hours * _prices.Of("interfaceEndpoint") * Count(p["SubnetIds"]) : 0),
            "AWS::RDS::DBInstance" => Line("Databases", template, Hours * _prices.Of("acu") * Math.Max(_profile.Acu, MinimumCapacity(template, p))),
            "AWS::AmazonMQ::Broker" => Line("Broker", template, Hours * _prices.Of(p["HostInstanceType"]!.ToString()) + 20 * _prices.Of("mqStorage") / 4),
            "AWS::ElastiCache::ServerlessCache" => Line("Cache", template, Hours * _prices.Of("valkeyStorage") * 0.1m),
            "AWS::ECS::Service" => Line("Web store", template, Service(template, p)),
            "AWS::SecretsManager::Secret" => Secrets(template, p),
            "AWS::KMS::Key" => Line("Secrets and keys", template, _prices.Of("kmsKey")),
            "AWS::CloudWatch::Alarm" => Line("Observability", template, AfterFree(type, 10, _prices.Of("alarm"))),
            "AWS::CloudWatch::CompositeAlarm" => Line("Observability", template, _prices.Of("compositeAlarm")),
            "AWS::CloudWatch::Dashboard" => Line("Observability", template, AfterFree(type, 3, _prices.Of("dashboard"))),
            "AWS::Synthetics::Canary" => Line("Observability", template, _prices.Of("canaryRun") * RunsAMonth(p)),
            "AWS::Route53::HostedZone" => Line("Names", template, _prices.Of("hostedZone")),
            "AWS::Route53::HealthCheck" => Line("Names", template, _prices.Of("healthCheck")),
            "AWS::Route53RecoveryControl::Cluster" => Line(RecoveryCluster, template, Hours * _prices.Of("arcCluster")),
            "AWS::EC2::Instance" => Line("Client", template, Hours * _prices.Of(p["InstanceType"]!.ToString()) + 8 * _prices.Of("ebs")),
            "AWS::ECR::Repository" => Line("Web store", template, 0.5m * _prices.Of("ecr")),
            "AWS::S3::Bucket" => Line("Reports and logs", template, _prices.Of("s3")),
            // By use, below.
            "AWS::Lambda::Function" or "AWS::DynamoDB::GlobalTable" or "AWS::StepFunctions::StateMachine" or "AWS::Logs::LogGroup" => true,
            _ => _prices.Free.ContainsKey(type) ? true : throw new UnpricedException($"{type} ({template.Name}/{id}) has no price: add it to Bill.cs or, with the reason, to 'free' in prices.json."),
        };
    }

    private static decimal MinimumCapacity(StackTemplate template, JsonObject instance)
    {
        var cluster = template.Resources[instance["DBClusterIdentifier"]!["Ref"]!.ToString()]["Properties"]!;
        return decimal.Parse(cluster["ServerlessV2ScalingConfiguration"]!["MinCapacity"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private decimal Service(StackTemplate template, JsonObject service)
    {
        var task = template.Resources[service["TaskDefinition"]!["Ref"]!.ToString()]["Properties"]!;
        var cpu = decimal.Parse(task["Cpu"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture) / 1024;
        var memory = decimal.Parse(task["Memory"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture) / 1024;
        var tasks = Math.Max(_profile.UiTasks, service["DesiredCount"]!.GetValue<int>());
        return Hours * tasks * (cpu * _prices.Of("fargateCpuX86") + memory * _prices.Of("fargateMemoryX86") + _prices.Of("ipv4"));
    }

    private bool Secrets(StackTemplate template, JsonObject secret)
    {
        Line("Secrets and keys", template, _prices.Of("secret"));
        foreach (var replica in secret["ReplicaRegions"] as JsonArray ?? [])
        {
            _lines.Add(new("Secrets and keys", replica!["Region"]!.ToString(), _prices.Of("secret")));
        }

        return true;
    }

    private decimal RunsAMonth(JsonObject canary)
    {
        var rate = canary["Schedule"]!["Expression"]!.ToString().Split('(', ' ');
        return Hours * 60 / decimal.Parse(rate[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    // What every minute, and every order, costs: half of the orders in each of two Regions.
    private void AddUse(string region, decimal share, IReadOnlyList<StackTemplate> templates)
    {
        var here = templates.Where(t => t.Region == region).ToList();
        var use = _prices.PerOrder;
        var orders = _profile.Orders * share;
        var minutes = Hours * 60;
        var looks = here.Sum(t => t.Of("AWS::Events::Rule").Count(r => r["Properties"]?["ScheduleExpression"]?.ToString() == "rate(1 minute)"));
        var preflights = here.Sum(t => t.Of("AWS::Events::Rule").Count(r => r["Properties"]?["ScheduleExpression"]?.ToString().EndsWith("minutes)", StringComparison.Ordinal) == true)) * minutes / 30;
        var million = 1_000_000m;
        var calls = orders * use.ApiCalls + minutes * looks;
        _lines.Add(new("Functions", region, calls / million * _prices.Of("lambdaRequests") + (orders * use.ApiCalls * use.Milliseconds * 0.5m + minutes * looks * 100 * 0.25m) / 1000 * _prices.Of("lambdaSeconds")));
        _lines.Add(new("Tables", region, orders * (2 * use.TableWrites * _prices.Of("dynamoWrites") + use.TableReads * _prices.Of("dynamoReads")) / million + minutes * 2 / million * _prices.Of("dynamoReads")));
        // Two databases of some GB that write a little all the time, and each write a second time for the other Region.
        _lines.Add(new("Databases", region, 5 * _prices.Of("auroraStorage") + orders * use.Kilobytes / million * _prices.Of("auroraStorage")
            + (1 + orders * use.DatabaseIo / million) * _prices.Of("auroraIo") + orders * use.ReplicatedIo / million * _prices.Of("auroraReplicatedIo")));
        _lines.Add(new("Cache", region, orders * use.CacheEcpu / million * _prices.Of("valkeyEcpu")));
        _lines.Add(new("Load balancers", region, Hours * _prices.Of("lcu") * (0.1m + orders * use.ApiCalls / (Hours * 3600) / 25)));
        _lines.Add(new("State machines", region, Math.Max(0, preflights * 20 - 4000 * share) / 1000 * _prices.Of("transitions")));
        var metrics = 15 + 6;
        _lines.Add(new("Observability", region, (metrics - 10 * share) * _prices.Of("metric") + (0.5m + orders * use.LogKilobytes / million) * _prices.Of("logs") + calls * use.Traced / million * _prices.Of("traces")));
        _lines.Add(new("Network", region, (1 + orders * use.Kilobytes * 2 / million) * _prices.Of("transfer")));
    }

    private decimal AfterFree(string type, int free, decimal price)
    {
        var number = _counted[type] = _counted.GetValueOrDefault(type) + 1;
        return number > free ? price : 0;
    }

    private bool Line(string service, StackTemplate template, decimal monthly)
    {
        _lines.Add(new(service, template.Region, monthly));
        return true;
    }

    private static int Count(JsonNode? list) => (list as JsonArray)?.Count ?? 0;
}
