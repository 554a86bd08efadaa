using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.StepFunctions;
using Shop.Testing;

namespace Shop.Rehearsal.Tests.EventBridge;

public sealed class EventBusTests : IAsyncDisposable
{
    private readonly RegionPower _power = new("us-west-2");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-14T02:59:45Z", null));
    private readonly Receiver _receiver = new();
    private readonly EventBus _bus;

    public EventBusTests()
    {
        _bus = new(_power, _time);
        _bus.AddReceiver(_receiver);
    }

    public ValueTask DisposeAsync() => _bus.DisposeAsync();

    [Fact]
    public async Task A_matching_event_reaches_the_target_in_aws_form()
    {
        _bus.PutRule(Rule("""{"detail":{"status":["down"]}}"""));

        var id = Publish("down");
        Publish("up");
        await _bus.DrainAsync();

        var input = JsonNode.Parse(Assert.Single(_receiver.Inputs))!;
        Assert.Equal(id, (string?)input["id"]);
        Assert.Equal("test", (string?)input["source"]);
        Assert.Equal("Test", (string?)input["detail-type"]);
        Assert.Equal("2026-03-14T02:59:45Z", (string?)input["time"]);
        Assert.Equal("us-west-2", (string?)input["region"]);
        Assert.Equal("arn:resource", (string?)input["resources"]![0]);
    }

    [Fact]
    public async Task A_disabled_rule_sends_nothing_until_it_is_enabled()
    {
        _bus.PutRule(Rule("""{"source":["test"]}""") with { IsEnabled = false });
        Publish("down");
        await _bus.DrainAsync();
        Assert.Empty(_receiver.Inputs);

        _bus.SetEnabled("rule", true);
        Publish("down");
        await _bus.DrainAsync();
        Assert.Single(_receiver.Inputs);
    }

    [Fact]
    public async Task An_event_can_be_delivered_again_with_the_same_id()
    {
        _bus.PutRule(Rule("""{"source":["test"]}"""));
        var id = Publish("down");
        for (var i = 0; i < 9; i++)
        {
            _bus.DeliverAgain(_bus.Events.First());
        }

        await _bus.DrainAsync();

        Assert.Equal(10, _receiver.Inputs.Count);
        Assert.All(_receiver.Inputs, input => Assert.Equal(id, (string?)JsonNode.Parse(input)!["id"]));
    }

    [Theory]
    [InlineData("rate(1 minute)", 60)]
    [InlineData("rate(15 minutes)", 900)]
    [InlineData("rate(2 hours)", 7200)]
    public async Task A_scheduled_rule_goes_off_after_its_interval_and_again(string schedule, int seconds)
    {
        _bus.PutRule(EventRule.Parse($$$"""{"Name":"clock","ScheduleExpression":"{{{schedule}}}","Target":{"Arn":"arn:target:x","Input":"{}"} }"""));
        using var stop = new CancellationTokenSource();
        var running = new EventSchedule(_bus, _time).RunAsync(stop.Token);
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        await _bus.DrainAsync();
        Assert.Empty(_receiver.Inputs);

        for (var expected = 1; expected <= 2; expected++)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds));
            await Eventually.HoldsAsync(() => Task.FromResult(_receiver.Inputs.Count == expected));
        }

        await stop.CancelAsync();
        await running;
        Assert.All(_receiver.Inputs, input => Assert.Equal("{}", input));
    }

    [Theory]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(2 minute)")]
    [InlineData("rate(0 minutes)")]
    [InlineData("cron(0 * * * ? *)")]
    public void Another_schedule_is_refused(string schedule) =>
        Assert.Throws<FormatException>(() => EventRule.Parse($$$"""{"Name":"clock","ScheduleExpression":"{{{schedule}}}","Target":{"Arn":"arn:target"} }"""));

    [Fact]
    public async Task A_target_that_fails_is_tried_again()
    {
        _bus.PutRule(Rule("""{"source":["test"]}"""));
        _receiver.Failures = 2;
        Publish("down");

        await AdvanceUntilDeliveredAsync();

        Assert.Single(_receiver.Inputs);
        Assert.Equal(3, _receiver.Attempts);
        Assert.Empty(_bus.DeadLetters);
    }

    [Fact]
    public async Task An_event_that_nobody_takes_becomes_a_dead_letter()
    {
        _bus.PutRule(Rule("""{"source":["test"]}"""));
        _receiver.Failures = int.MaxValue;
        var id = Publish("down");

        await AdvanceUntilDeliveredAsync();

        var letter = Assert.Single(_bus.DeadLetters);
        Assert.Equal(3, letter.Attempts);
        Assert.Equal("rule", letter.RuleName);
        Assert.Equal(id, letter.Event.GetProperty("id").GetString());
        Assert.Empty(_receiver.Inputs);
    }

    [Fact]
    public async Task An_old_event_is_not_tried_again()
    {
        var rule = Rule("""{"source":["test"]}""");
        _bus.PutRule(rule with { Target = rule.Target with { MaximumRetryAttempts = 100, MaximumEventAge = TimeSpan.FromSeconds(60) } });
        _receiver.Failures = int.MaxValue;
        Publish("down");

        await AdvanceUntilDeliveredAsync();

        var letter = Assert.Single(_bus.DeadLetters);
        Assert.InRange(letter.Attempts, 2, 7);
    }

    [Fact]
    public async Task A_lost_region_delivers_nothing()
    {
        _bus.PutRule(Rule("""{"source":["test"]}"""));
        _power.TurnOff();

        Publish("down");
        await _bus.DrainAsync();

        Assert.Empty(_receiver.Inputs);
        Assert.Empty(_bus.Events);
    }

    [Fact]
    public async Task PutEvents_reports_each_entry()
    {
        var putEvents = EventsApi.Operations(_bus)["PutEvents"];
        var answer = await putEvents(JsonConversions.Parse("""
            {"Entries":[{"Source":"shop","DetailType":"Completed","Detail":"{\"a\":1}"},
                        {"Source":"shop","DetailType":"Completed","Detail":"not json"},
                        {"Source":"aws.rds","DetailType":"Completed","Detail":"{}"}]}
            """), TestContext.Current.CancellationToken);

        Assert.Equal(2, (int)answer["FailedEntryCount"]!);
        Assert.Equal("MalformedDetail", (string?)answer["Entries"]![1]!["ErrorCode"]);
        var sent = Assert.Single(_bus.Events);
        Assert.Equal(sent.GetProperty("id").GetString(), (string?)answer["Entries"]![0]!["EventId"]);
    }

    [Fact]
    public void The_alarm_rule_of_the_store_is_understood()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "statemachines", "rules", "peer-region-down.json"));
        var values = AslSubstitutions.Names(text).ToDictionary(name => name, name => name switch
        {
            "PeerDownAlarmArn" => "arn:alarm",
            "ApprovalRequired" => "false",
            "MaxRpoSeconds" => "30",
            _ => "arn:x",
        });
        var rule = EventRule.Parse(AslSubstitutions.Apply(text, values));

        Assert.True(rule.Pattern!.Matches(Alarm("OK")));
        Assert.False(rule.Pattern.Matches(Alarm("INSUFFICIENT_DATA")));
        Assert.Equal("e-1", (string?)JsonNode.Parse(rule.Target.Transformer!.Transform(Alarm("OK"), new Dictionary<string, string>()))!["trigger"]!["id"]);
        Assert.Equal(30, (int?)JsonNode.Parse(rule.Target.Transformer!.Transform(Alarm("OK"), new Dictionary<string, string>()))!["maxRpoSeconds"]);
    }

    private static System.Text.Json.JsonElement Alarm(string previous) => JsonConversions.Parse($$"""
        {"id":"e-1","time":"2026-03-14T02:59:45Z","source":"aws.cloudwatch","detail-type":"CloudWatch Alarm State Change","resources":["arn:alarm"],
         "detail":{"alarmName":"peer","state":{"value":"ALARM","reason":"because"},"previousState":{"value":"{{previous}}"} } }
        """);

    private string Publish(string status) => _bus.Publish("test", "Test", new() { ["status"] = status }, ["arn:resource"]);

    private static EventRule Rule(string pattern) =>
        new("rule", EventPattern.Parse(pattern), new("arn:target:one") { MaximumRetryAttempts = 2 });

    // Pauses between attempts are of the fake clock; attempts themselves run on the thread pool.
    private async Task AdvanceUntilDeliveredAsync()
    {
        var drained = _bus.DrainAsync();
        while (!drained.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(drained, Task.Delay(1, TestContext.Current.CancellationToken));
        }

        await drained;
    }

    private sealed class Receiver : IEventReceiver
    {
        public List<string> Inputs { get; } = [];

        public int Attempts { get; private set; }

        public int Failures { get; set; }

        public string ArnPrefix => "arn:target:";

        public Task ReceiveAsync(string targetArn, string eventId, string input, CancellationToken cancellationToken)
        {
            lock (Inputs)
            {
                if (Attempts++ < Failures)
                {
                    throw new InvalidOperationException("not now");
                }

                Inputs.Add(input);
            }

            return Task.CompletedTask;
        }
    }
}
