using System.Text.Json.Nodes;

namespace Shop.Cdk.Tests;

/// <summary>What alarms and state machines ask CloudWatch for is what there is.</summary>
public sealed class AlarmTests
{
    private static readonly string[] Secondary = ["DBClusterIdentifier", "SourceRegion"];

    [Theory]
    [InlineData("primary")]
    [InlineData("standby")]
    public void Preflight_judges_the_lag_of_before_the_trigger_began_to_look(string role)
    {
        var composite = Assert.Single(Templates.Default[$"{role}-observability"].Of("AWS::CloudWatch::CompositeAlarm")).Resource.Properties();
        var looked = Templates.Default[$"{role}-observability"].Of("AWS::CloudWatch::Alarm").Select(a => a.Resource.Properties())
            .Where(a => composite["AlarmRule"]!.ToString().Contains($"ALARM(\"{a["AlarmName"]}\")", StringComparison.Ordinal)).Select(a => Number(a["Period"]) * Number(a["EvaluationPeriods"])).ToList();
        var known = Templates.Default[$"{role}-orchestration"].Of("AWS::Lambda::Function").Single(f => f.Resource.Properties()["FunctionName"]!.ToString() == "shop-dev-evaluate-preflight")
            .Resource.Properties()["Environment"]!["Variables"]!["ALARM_SECONDS"]!.ToString();

        Assert.Equal(2, looked.Count);
        // The minute in which it went is only half a good one.
        Assert.All(looked, seconds => Assert.InRange(int.Parse(known, null), seconds + 60, 599));
    }

    [Fact]
    public void Lags_of_a_global_database_are_asked_for_by_all_their_dimensions()
    {
        var alarms = Templates.Default.All("AWS::CloudWatch::Alarm").Select(a => a.Resource.Properties()).Where(a => a["MetricName"]!.ToString().StartsWith("AuroraGlobalDB", StringComparison.Ordinal))
            .Select(a => a["Dimensions"]);
        var machines = Directory.GetFiles(Path.Combine(Templates.Repository, "statemachines"), "*.asl.json").SelectMany(f => JsonNode.Parse(File.ReadAllText(f))!.Descendants().OfType<JsonObject>())
            .Where(o => o["MetricName"]?.ToString().StartsWith("AuroraGlobalDB", StringComparison.Ordinal) == true).Select(o => o["Dimensions"]);
        var asked = alarms.Concat(machines).Select(d => d.Each().Select(n => n["Name"]!.ToString()).Order().ToArray()).ToList();

        // Three alarms a Region, five questions of the machines.
        Assert.Equal(11, asked.Count);
        Assert.All(asked, names => Assert.Equal(Secondary, names));
    }

    [Fact]
    public void A_Regions_secondaries_have_the_other_Region_as_their_source()
    {
        foreach (var (stack, id, alarm) in Templates.Default.All("AWS::CloudWatch::Alarm"))
        {
            var source = alarm.Properties()["Dimensions"].Each().SingleOrDefault(d => d["Name"]!.ToString() == "SourceRegion");
            Assert.True(source is null || source["Value"]!.ToString() == (stack.Contains("-primary-", StringComparison.Ordinal) ? "us-west-2" : "us-east-1"), id);
        }
    }

    private static int Number(JsonNode? node) => int.Parse(node!.ToString(), null);
}
