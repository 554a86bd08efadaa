using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.EventBridge;

namespace Shop.Rehearsal.Tests.EventBridge;

public sealed class InputTransformerTests
{
    private const string Event = """{"id":"e-1","detail":{"reason":"down \"hard\"","count":3,"state":{"value":"ALARM"}}}""";

    [Theory]
    [InlineData("""{"trigger":{"id":<id>,"count":<count>}}""", """{"trigger":{"id":"e-1","count":3}}""")]
    [InlineData("""{"text":"run <id> of <count>"}""", """{"text":"run e-1 of 3"}""")]
    [InlineData("""{"reason":<reason>}""", """{"reason":"down \"hard\""}""")]
    [InlineData("""{"text":"it is <reason>"}""", """{"text":"it is down \"hard\""}""")]
    [InlineData("""{"state":<state>}""", """{"state":{"value":"ALARM"}}""")]
    [InlineData("""{"state":"<state>"}""", """{"state":"{\"value\":\"ALARM\"}"}""")]
    [InlineData("""{"gone":<gone>}""", """{"gone":""}""")]
    [InlineData("""{"rule":<aws.events.rule-name>}""", """{"rule":"peer-down"}""")]
    [InlineData("""{"all":<aws.events.event.json>}""", $$"""{"all":{{Event}}}""")]
    [InlineData("""{"a":"1 < 2 > 0 <unknown>"}""", """{"a":"1 < 2 > 0 <unknown>"}""")]
    [InlineData("\"plain <id>\"", "\"plain e-1\"")]
    public void A_template_becomes_json(string template, string expected)
    {
        var transformer = new InputTransformer(
            new Dictionary<string, string>
            {
                ["id"] = "$.id", ["count"] = "$.detail.count", ["reason"] = "$.detail.reason", ["state"] = "$.detail.state", ["gone"] = "$.detail.gone",
            },
            template);

        var output = transformer.Transform(
            JsonConversions.Parse(Event), new Dictionary<string, string> { ["aws.events.rule-name"] = "peer-down" });

        Assert.Equal(Normal(expected), Normal(output));
    }

    private static string Normal(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString();
}
