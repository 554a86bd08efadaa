using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shop.Cdk.Tests;

/// <summary>A Region that differs is found out in the incident. What differs on purpose is listed here.</summary>
public sealed partial class RegionParityTests
{
    // What only the first cluster of a global database has: users. By default the broker is in the primary alone, too.
    private static readonly string[] OnlyInThePrimary = ["MasterUsername", "MasterUserPassword"];

    [Theory]
    [InlineData("network")]
    [InlineData("data")]
    [InlineData("services")]
    [InlineData("orchestration")]
    [InlineData("observability")]
    [InlineData("chaos")]
    public void The_standby_is_the_primary_with_the_names_swapped(string part)
    {
        var primary = Canonical(Templates.Default[$"primary-{part}"], swap: true);
        var standby = Canonical(Templates.Default[$"standby-{part}"], swap: false);

        Assert.Equal(standby, primary);
    }

    [Fact]
    public void A_difference_between_the_Regions_is_noticed()
    {
        var changed = JsonNode.Parse(Templates.Default["standby-services"].Json.ToJsonString())!.AsObject();
        var function = changed["Resources"]!.AsObject().First(r => r.Value!.AsObject().Type() == "AWS::Lambda::Function").Value!;
        function["Properties"]!["Timeout"] = 3;

        Assert.NotEqual(
            Canonical(new Template("x", changed), swap: false), Canonical(Templates.Default["primary-services"], swap: true));
    }

    [Fact]
    public void Only_names_and_records_of_the_whole_store_are_in_one_Region_alone()
    {
        string[] alone = [.. Templates.Default.Stacks.Keys.Select(Part).GroupBy(p => p).Where(g => g.Count() == 1).Select(g => g.Key).Order()];

        Assert.Equal(["global", "routing", "secrets"], alone);
    }

    private static string Part(string stack) => stack.Split('-')[^1];

    private static string Canonical(Template template, bool swap)
    {
        var text = template.Json.ToJsonString();
        if (swap)
        {
            foreach (var (a, b) in new[] { ("us-east-1", "us-west-2"), ("primary", "standby"), ("Primary", "Standby"), ("10.1.", "10.2.") })
            {
                text = text.Replace(a, "\u0001", StringComparison.Ordinal).Replace(b, a, StringComparison.Ordinal).Replace("\u0001", b, StringComparison.Ordinal);
            }
        }

        // A version's id ends in a digest of its function's settings, others in one of their path; AWS's accounts for access logs are per Region.
        text = Version().Replace(text, "CurrentVersion");
        text = Digest().Replace(text, "#");
        text = LoadBalancerAccount().Replace(text, "<account>");
        text = BrokerOwner().Replace(text, "any");
        using var document = JsonDocument.Parse(text);
        return Sorted(document.RootElement);
    }

    // Pairs in order, not an object: without their digests two ids may be alike.
    private static string Sorted(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(",", element.EnumerateObject().Where(p => !IsAlone(p.Name)).Select(p => $"{p.Name}:{Sorted(p.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonValueKind.Array => $"[{string.Join(",", element.EnumerateArray().Select(Sorted).Order(StringComparer.Ordinal))}]",
        _ => element.GetRawText(),
    };

    private static bool IsAlone(string name) => OnlyInThePrimary.Contains(name) || name.StartsWith("Broker#", StringComparison.Ordinal) || name.StartsWith("FactBroker#", StringComparison.Ordinal)
        || name.StartsWith("ExportsOutputFnGetAttFirewallBroker", StringComparison.Ordinal);

    [GeneratedRegex("(primary|standby)(?=/?broker)")]
    private static partial Regex BrokerOwner();

    [GeneratedRegex("CurrentVersion[0-9A-F]{8}[0-9a-f]{32}")]
    private static partial Regex Version();

    // With the peer's addresses and ports before them, where rules have those in their ids.
    [GeneratedRegex("(?<=[A-Za-z])[0-9A-F]{8,}(?=[\"#.])")]
    private static partial Regex Digest();

    [GeneratedRegex(":iam::(127311923021|797873946194):root")]
    private static partial Regex LoadBalancerAccount();
}
