using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.EventBridge;

namespace Shop.Rehearsal.Tests.EventBridge;

public sealed class EventPatternTests
{
    private const string Event = """
        {"source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change","resources":["arn:a","arn:b"],
         "detail":{"state":{"value":"ALARM","count":7.0,"flag":true,"none":null},"previousState":{"value":"OK"},
                   "list":[{"name":"x"},{"name":"y"}]}}
        """;

    [Theory]
    [InlineData("""{"source":["aws.cloudwatch"]}""", true)]
    [InlineData("""{"source":["aws.rds","aws.cloudwatch"]}""", true)]
    [InlineData("""{"source":["aws.rds"]}""", false)]
    [InlineData("""{"source":["aws.cloudwatch"],"detail":{"state":{"value":["OK"]}}}""", false)]
    [InlineData("""{"detail":{"state":{"value":["ALARM"]},"previousState":{"value":["OK"]}}}""", true)]
    [InlineData("""{"resources":["arn:b"]}""", true)]
    [InlineData("""{"resources":["arn:c"]}""", false)]
    [InlineData("""{"detail":{"state":{"actionsSuppressedBy":[{"exists":false}]}}}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"exists":false}]}}}""", false)]
    [InlineData("""{"detail":{"nothing":{"below":[{"exists":false}]}}}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"exists":true}]}}}""", true)]
    [InlineData("""{"detail":{"state":[{"exists":true}]}}""", false)]
    [InlineData("""{"source":[{"prefix":"aws."}]}""", true)]
    [InlineData("""{"source":[{"prefix":"my."}]}""", false)]
    [InlineData("""{"source":[{"suffix":"watch"}]}""", true)]
    [InlineData("""{"source":[{"equals-ignore-case":"AWS.CloudWatch"}]}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"anything-but":["OK","INSUFFICIENT_DATA"]}]}}}""", true)]
    [InlineData("""{"detail":{"state":{"value":[{"anything-but":"ALARM"}]}}}""", false)]
    [InlineData("""{"source":[{"anything-but":{"prefix":"aws."}}]}""", false)]
    [InlineData("""{"resources":[{"anything-but":"arn:a"}]}""", false)]
    [InlineData("""{"detail":{"missing":[{"anything-but":"x"}]}}""", false)]
    [InlineData("""{"detail":{"state":{"count":[{"numeric":[">",5,"<=",7]}]}}}""", true)]
    [InlineData("""{"detail":{"state":{"count":[{"numeric":["<",7]}]}}}""", false)]
    [InlineData("""{"detail":{"state":{"count":[7]}}}""", true)]
    [InlineData("""{"detail":{"state":{"count":["7"]}}}""", false)]
    [InlineData("""{"detail":{"state":{"flag":[true]}}}""", true)]
    [InlineData("""{"detail":{"state":{"none":[null]}}}""", true)]
    [InlineData("""{"detail":{"list":{"name":["y"]}}}""", true)]
    [InlineData("""{"detail":{"list":{"name":["z"]}}}""", false)]
    [InlineData("""{"$or":[{"source":["aws.rds"]},{"resources":["arn:a"]}]}""", true)]
    [InlineData("""{"$or":[{"source":["aws.rds"]},{"resources":["arn:c"]}]}""", false)]
    public void A_pattern_picks_the_events_that_it_describes(string pattern, bool matches) =>
        Assert.Equal(matches, EventPattern.Parse(pattern).Matches(JsonConversions.Parse(Event)));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"source":"aws.cloudwatch"}""")]
    [InlineData("""{"source":[]}""")]
    [InlineData("""{"source":[{"like":"aws"}]}""")]
    [InlineData("""{"source":[{"prefix":5}]}""")]
    [InlineData("""{"detail":{"count":[{"numeric":["!",5]}]}}""")]
    [InlineData("""{"detail":{"count":[{"numeric":[">"]}]}}""")]
    public void A_pattern_that_could_never_be_meant_is_refused(string pattern) =>
        Assert.StartsWith("Event pattern is not valid", Assert.Throws<FormatException>(() => EventPattern.Parse(pattern)).Message, StringComparison.Ordinal);
}
