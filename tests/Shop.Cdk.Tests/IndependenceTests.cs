using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>A standby that needs the primary's control plane to be deployed is none.</summary>
public sealed class IndependenceTests
{
    /// <summary>Facts that no template can know and `cdk/deploy.sh` finds out.</summary>
    private static readonly string[] FoundOutByTheScript =
        ["global/arc-endpoints", "global/catalog-writer", "global/catalog-writer-host", "global/orders-writer", "global/orders-writer-host"];

    [Theory]
    [InlineData("primary", "standby")]
    [InlineData("standby", "primary")]
    public void No_stack_imports_from_the_other_Region(string role, string other)
    {
        var imports = Templates.Default.Stacks.Values.Where(s => s.Name.Contains($"-{role}-", StringComparison.Ordinal))
            .SelectMany(s => s.Json.Descendants().OfType<JsonObject>()).Select(o => o["Fn::ImportValue"]?.ToString()).OfType<string>().ToList();

        Assert.NotEmpty(imports);
        Assert.All(imports, import => Assert.DoesNotContain($"-{other}-", import, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fact_that_is_read_is_published_by_a_stack_or_found_out_by_the_script()
    {
        foreach (var templates in (Templates[])[Templates.Default, Templates.Other, Templates.OneRegion])
        {
            var published = templates.All("AWS::SSM::Parameter").Select(p => p.Resource.Properties()["Name"]!.ToString()).ToHashSet();
            var environment = templates.Stacks.Keys.First().Split('-')[1];
            var read = templates.Stacks.Values.SelectMany(Read).Distinct().ToList();

            Assert.NotEmpty(read);
            Assert.Empty(read.Where(name => !published.Contains(name) && !FoundOutByTheScript.Contains(name[$"/shop/{environment}/".Length..])));
        }
    }

    [Fact]
    public void The_script_finds_out_what_it_should()
    {
        var script = File.ReadAllText(Path.Combine(Templates.Repository, "cdk", "lib.sh"));

        Assert.All(FoundOutByTheScript, fact => Assert.Contains($"put_fact {fact.Replace("orders", "\"$database\"", StringComparison.Ordinal).Replace("catalog", "\"$database\"", StringComparison.Ordinal)} ", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_looked_up_at_synthesis()
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Templates.Default.Folder, "manifest.json")))!;

        Assert.Null(manifest["missing"]);
    }

    [Fact]
    public void Two_environments_share_no_name()
    {
        string[] NamesOf(Templates templates) =>
        [
            .. from r in templates.All()
               // Names within the stack, and AWS's own.
               where r.Resource.Type() is not ("AWS::IAM::Policy" or "AWS::EC2::VPCEndpoint" or "AWS::Lambda::Alias")
               from p in r.Resource.Properties()
               where p.Key.EndsWith("Name", StringComparison.Ordinal) || p.Key is "DBClusterIdentifier" or "GlobalClusterIdentifier" or "DBInstanceIdentifier" or "UserId" or "UserGroupId"
               where p.Value is JsonValue && p.Key is not ("MetricName" or "AliasName" or "UserName" or "DisplayName" or "AttributeName")
               select $"{r.Resource.Type()} {p.Value}",
        ];

        Assert.Empty(NamesOf(Templates.Default).Intersect(NamesOf(Templates.Other)).Where(n => !n.Contains("aurora-mysql", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_Region_alone_has_a_store_and_no_failover()
    {
        string[] parts = [.. Templates.OneRegion.Stacks.Keys.Select(s => s.Split('-')[^1]).Order()];

        Assert.Equal(["data", "global", "network", "observability", "routing", "secrets", "services"], parts);
        Assert.DoesNotContain(Templates.OneRegion.Stacks.Values, s => s.Json.ToJsonString().Contains("us-west-2", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Read(Template template) => template.Json["Parameters"] is JsonObject parameters
        ? parameters.Select(p => p.Value!).Where(p => p["Type"]!.ToString() == "AWS::SSM::Parameter::Value<String>").Select(p => p["Default"]!.ToString())
            .Where(name => name.StartsWith("/shop/", StringComparison.Ordinal))
        : [];
}
