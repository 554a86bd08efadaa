using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>Whoever is given a URL may go there: out of its own security group, and into that of the load balancer, on that port.</summary>
public sealed class ReachabilityTests
{
    public static TheoryData<string> Choices() => ["default", "other"];

    [Theory]
    [MemberData(nameof(Choices))]
    public void Every_URL_that_a_function_or_a_canary_is_given_can_be_reached(string choice)
    {
        var templates = choice == "default" ? Templates.Default : Templates.Other;
        var callers = templates.All().Where(r => r.Resource.Type() is "AWS::Lambda::Function" or "AWS::Synthetics::Canary")
            .SelectMany(r => UrlsOf(r.Resource).Select(url => (r.Stack, r.Id, Groups: GroupsOf(r.Resource), Url: url))).ToList();

        Assert.Contains(callers, c => c.Id.StartsWith("JourneysLookPages", StringComparison.Ordinal));
        Assert.Equal(choice == "other", callers.Any(c => c.Id.StartsWith("JourneysBuyLocal", StringComparison.Ordinal) && c.Url.Host.StartsWith("primary.", StringComparison.Ordinal) && c.Url.Port == 443));
        foreach (var (stack, id, groups, url) in callers)
        {
            var role = stack.Contains("-primary-", StringComparison.Ordinal) ? "primary" : "standby";
            Assert.NotEmpty(groups);
            foreach (var target in TargetsOf(url))
            {
                Assert.True(IsOpen(templates, role, target, groups, url.Port), $"{stack} {id} can't reach {url} ({target})");
            }
        }
    }

    [Fact]
    public void A_port_that_is_closed_is_found() => Assert.False(IsOpen(Templates.Default, "primary", "primary", [GroupNamed(Templates.Default, "primary", "Functions")], 81));

    [Fact]
    public void Of_a_public_store_the_VPCs_know_a_name_that_leads_inside()
    {
        var routing = Templates.Other["primary-routing"];
        var zone = routing.Of("AWS::Route53::HostedZone").Single(z => z.Resource.Properties()["Name"]!.ToString().TrimEnd('.') == "store.store.example.com");
        var records = routing.Of("AWS::Route53::RecordSet").Select(r => r.Resource.Properties()).Where(r => r["HostedZoneId"].Text() == $"<{zone.Id}>").ToList();

        Assert.Equal(2, zone.Resource.Properties()["VPCs"]!.AsArray().Count);
        Assert.Equal(["primary", "standby"], records.Select(r => r["SetIdentifier"]!.ToString()).Order());
        Assert.All(records, r =>
        {
            Assert.NotNull(r["HealthCheckId"]);
            Assert.Contains("balancer", routing.Json["Parameters"]![r["AliasTarget"]!["DNSName"]!["Ref"]!.ToString()]!["Default"]!.ToString(), StringComparison.Ordinal);
        });
    }

    private static IEnumerable<Uri> UrlsOf(JsonObject resource) =>
        ((resource.Properties()["Environment"]?["Variables"] ?? resource.Properties()["RunConfig"]?["EnvironmentVariables"]) as JsonObject ?? [])
            .Where(v => v.Value is JsonValue && v.Value.ToString().StartsWith("http", StringComparison.Ordinal)).Select(v => new Uri(v.Value!.ToString()));

    private static string[] GroupsOf(JsonObject resource) =>
        [.. (resource.Properties()["VpcConfig"] ?? resource.Properties()["VPCConfig"])!["SecurityGroupIds"].Each().Select(g => Group(g.Text()))];

    // A Region's own name leads to it, the store's to either.
    private static string[] TargetsOf(Uri url) => url.Host.Split('.')[0] is "primary" or "standby" ? [url.Host.Split('.')[0]] : ["primary", "standby"];

    private static bool IsOpen(Templates templates, string from, string to, string[] groups, int port)
    {
        var (here, there) = (templates[$"{from}-network"], templates[$"{to}-network"]);
        var balancer = GroupNamed(templates, to, "LoadBalancer");
        var out_ = Rules(here, "Egress").Where(r => groups.Contains(Group(r["GroupId"].Text())) && Has(r, port));
        var in_ = Rules(there, "Ingress").Where(r => Group(r["GroupId"].Text()) == balancer && Has(r, port));
        return from == to
            ? out_.Any(r => Group(r["DestinationSecurityGroupId"].Text()) == balancer) && in_.Any(r => groups.Contains(Group(r["SourceSecurityGroupId"].Text())))
            : out_.Any(r => r["CidrIp"].Text() is { } cidr && (cidr == CidrOf(there) || cidr == "0.0.0.0/0")) && in_.Any(r => r["CidrIp"].Text() == CidrOf(here));
    }

    private static IEnumerable<JsonObject> Rules(Template network, string direction) => network.Of($"AWS::EC2::SecurityGroup{direction}").Select(r => r.Resource.Properties());

    private static bool Has(JsonObject rule, int port) => rule["FromPort"]?.GetValue<int>() <= port && port <= rule["ToPort"]?.GetValue<int>();

    private static string CidrOf(Template network) => network.Of("AWS::EC2::VPC").Single().Resource.Properties()["CidrBlock"]!.ToString();

    private static string GroupNamed(Templates templates, string role, string name) =>
        Group(templates[$"{role}-network"].Of("AWS::EC2::SecurityGroup").Single(g => g.Id.StartsWith($"Firewall{name}", StringComparison.Ordinal)).Id);

    // <FirewallFunctions12345678.GroupId> at home, <shop-dev-primary-network:ExportsOutputFnGetAttFirewallFunctions12345678GroupId…> elsewhere.
    private static string Group(string text) => text.IndexOf("Firewall", StringComparison.Ordinal) is var at && at < 0 ? text
        : text[at..].Split(['.', '>'])[0].Split("GroupId")[0];
}
