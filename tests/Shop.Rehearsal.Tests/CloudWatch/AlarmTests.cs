using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Shop.Rehearsal.CloudWatch;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.Tests.CloudWatch;

public sealed class AlarmTests : IAsyncDisposable
{
    private static readonly MetricId Success = Canary.SuccessPercent("journey");
    private readonly RegionPower _power = new("us-west-2");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-03-14T12:00:00Z", null));
    private readonly EventBus _bus;
    private readonly CloudWatchService _service;

    public AlarmTests()
    {
        _bus = new(_power, _time);
        _service = new(_power, _bus, _time);
    }

    public ValueTask DisposeAsync()
    {
        _service.Dispose();
        return _bus.DisposeAsync();
    }

    [Fact]
    public void An_alarm_needs_as_many_breaching_periods_as_it_says()
    {
        _service.Add(Alarm(MissingData.Missing));
        Assert.Equal(["INSUFFICIENT_DATA", "INSUFFICIENT_DATA", "OK"], Run(100, 100, 100));
        Assert.Equal(["OK", "ALARM"], Run(0, 0));
        Assert.Equal(["ALARM", "OK"], Run(100, 100));
    }

    [Fact]
    public void Two_of_three_periods_are_enough_when_they_are_not_in_a_row()
    {
        _service.Add(Alarm(MissingData.Missing));
        Run(100, 100, 100);
        Assert.Equal(["OK", "OK", "ALARM"], Run(0, 100, 0));
    }

    [Theory]
    [InlineData(MissingData.Missing, "INSUFFICIENT_DATA")]
    [InlineData(MissingData.Breaching, "ALARM")]
    [InlineData(MissingData.NotBreaching, "OK")]
    [InlineData(MissingData.Ignore, "OK")]
    public void Silence_is_treated_as_the_alarm_says(MissingData treat, string state)
    {
        _service.Add(Alarm(treat));
        Run(100, 100, 100);

        Assert.Equal(state, Run(null, null, null)[^1]);
    }

    [Fact]
    public void A_new_alarm_does_not_take_the_time_before_it_for_silence()
    {
        _service.Add(Alarm(MissingData.Breaching));

        Assert.Equal(["INSUFFICIENT_DATA", "INSUFFICIENT_DATA", "ALARM"], Run(null, null, null));
    }

    [Fact]
    public void Running_it_again_without_a_change_says_nothing()
    {
        _service.Add(Alarm(MissingData.Missing));
        Run(100, 100, 100, 100, 100);

        Assert.Single(_bus.Events);
    }

    [Fact]
    public void A_change_becomes_an_event_in_the_form_of_cloudwatch()
    {
        _service.Add(Alarm(MissingData.Missing));
        Run(100, 100, 100);
        Run(0, 0);

        var change = _bus.Events.Last();
        Assert.Equal("aws.cloudwatch", change.GetProperty("source").GetString());
        Assert.Equal("CloudWatch Alarm State Change", change.GetProperty("detail-type").GetString());
        Assert.Equal("arn:aws:cloudwatch:us-west-2:000000000000:alarm:canary", change.GetProperty("resources")[0].GetString());
        var detail = change.GetProperty("detail");
        Assert.Equal("canary", detail.GetProperty("alarmName").GetString());
        Assert.Equal("ALARM", detail.GetProperty("state").GetProperty("value").GetString());
        Assert.Equal("2026-03-14T12:00:05.000+0000", detail.GetProperty("state").GetProperty("timestamp").GetString());
        Assert.False(detail.GetProperty("state").TryGetProperty("actionsSuppressedBy", out _));
        Assert.Equal("OK", detail.GetProperty("previousState").GetProperty("value").GetString());
        var metric = detail.GetProperty("configuration").GetProperty("metrics")[0].GetProperty("metricStat").GetProperty("metric");
        Assert.Equal("journey", metric.GetProperty("dimensions").GetProperty("CanaryName").GetString());
    }

    [Fact]
    public void A_composite_follows_its_alarms_in_the_same_evaluation()
    {
        _service.Add(Alarm(MissingData.Missing), Composite());
        Run(100, 100, 100);
        Assert.Equal("OK", State("peer-down"));

        Run(0, 0);

        Assert.Equal("ALARM", State("peer-down"));
        var detail = _bus.Events.Last().GetProperty("detail");
        Assert.Equal("OK", detail.GetProperty("previousState").GetProperty("value").GetString());
        Assert.Equal("ALARM(canary)", detail.GetProperty("configuration").GetProperty("alarmRule").GetString());
    }

    [Fact]
    public void A_peer_that_never_answered_is_not_a_peer_that_went_down()
    {
        _service.Add(Alarm(MissingData.Breaching), Composite());
        Run(null, null, null, null);

        Assert.Equal("ALARM", State("peer-down"));
        Assert.DoesNotContain(Triggers(), _ => true);
    }

    [Fact]
    public void A_region_that_comes_back_does_not_take_its_own_silence_for_the_peers()
    {
        _service.Add(Alarm(MissingData.Breaching), Composite());
        Run(100, 100, 100);
        _power.TurnOff();
        Run(null, null, null, null, null);
        _power.TurnOn();
        Assert.Equal("INSUFFICIENT_DATA", State("peer-down"));
        Run(null, null, null, null);

        Assert.Equal("ALARM", State("peer-down"));
        Assert.DoesNotContain(Triggers(), _ => true);
    }

    [Fact]
    public void A_suppressed_composite_says_so()
    {
        _service.Add(
            new MetricAlarm("maintenance", new("Shop", "Maintenance"), Comparison.GreaterThanThreshold, 0) { TreatMissingData = MissingData.Ignore },
            Alarm(MissingData.Missing),
            Composite() with { ActionsSuppressor = "maintenance" });
        Run(100, 100, 100);
        _service.SetAlarmState("maintenance", AlarmValue.Alarm, "a drill");
        Run(0, 0);

        Assert.Equal("Alarm", _bus.Events.Last().GetProperty("detail").GetProperty("state").GetProperty("actionsSuppressedBy").GetString());
    }

    [Fact]
    public void A_composite_over_an_unknown_alarm_is_refused() =>
        Assert.Throws<ArgumentException>(() => _service.Add(Composite()));

    private IEnumerable<JsonElement> Triggers() => _bus.Events.Where(change =>
        change.GetProperty("detail") is var detail
        && detail.GetProperty("alarmName").GetString() == "peer-down"
        && detail.GetProperty("state").GetProperty("value").GetString() == "ALARM"
        && detail.GetProperty("previousState").GetProperty("value").GetString() == "OK");

    private static MetricAlarm Alarm(MissingData treat) => new("canary", Success, Comparison.LessThanThreshold, 90)
    {
        Period = TimeSpan.FromSeconds(1), EvaluationPeriods = 3, DatapointsToAlarm = 2, TreatMissingData = treat,
    };

    private static CompositeAlarm Composite() => new("peer-down", AlarmRule.Parse("ALARM(canary)"));

    private string State(string name) => _service.Alarms.Single(status => status.Alarm.Name == name).State.Name;

    // One period per value, evaluated at its end.
    private List<string> Run(params double?[] values)
    {
        var states = new List<string>();
        foreach (var value in values)
        {
            if (value is { } number)
            {
                _service.Put(Success, number);
            }

            _time.Advance(TimeSpan.FromSeconds(1));
            _service.Evaluate();
            states.Add(State("canary"));
        }

        return states;
    }
}
