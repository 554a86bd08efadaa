using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.EventBridge;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.CloudWatch;

/// <summary>Metrics and alarms of one Region. A change of an alarm becomes an event on the Region's bus.</summary>
public sealed class CloudWatchService : IDisposable
{
    private readonly RegionPower _power;
    private readonly EventBus _bus;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly List<AlarmStatus> _alarms = [];
    private DateTimeOffset _since;

    public CloudWatchService(RegionPower power, EventBus bus, TimeProvider time, ILogger<CloudWatchService>? logger = null)
    {
        _power = power;
        _bus = bus;
        _time = time;
        _logger = logger ?? NullLogger<CloudWatchService>.Instance;
        _since = time.GetUtcNow();
        _power.Changed += OnPowerChanged;
    }

    public event Action<AlarmChange>? AlarmChanged;

    public string Region => _power.Region;

    public MetricStore Metrics { get; } = new();

    public IReadOnlyList<AlarmStatus> Alarms
    {
        get
        {
            lock (_lock)
            {
                return [.. _alarms];
            }
        }
    }

    public static string AlarmArn(string region, string name) => $"arn:aws:cloudwatch:{region}:000000000000:alarm:{name}";

    /// <summary>Puts one value of now. Lost when the Region is.</summary>
    public void Put(MetricId metric, double value)
    {
        if (_power.IsOn)
        {
            Metrics.Put(metric, MetricPoint.Of(_time.GetUtcNow(), value));
        }
    }

    /// <summary>Adds alarms, children before the composites that look at them.</summary>
    public void Add(params IEnumerable<IAlarm> alarms)
    {
        lock (_lock)
        {
            foreach (var alarm in alarms)
            {
                if (_alarms.Exists(other => other.Alarm.Name == alarm.Name))
                {
                    throw new ArgumentException($"There is an alarm {alarm.Name} in {Region} already.", nameof(alarms));
                }

                if (alarm is CompositeAlarm composite
                    && composite.Rule.Alarms.FirstOrDefault(name => !_alarms.Exists(other => other.Alarm.Name == name)) is { } unknown)
                {
                    throw new ArgumentException($"Alarm {alarm.Name} looks at {unknown}, which is not in {Region}.", nameof(alarms));
                }

                _alarms.Add(new(alarm, AlarmArn(Region, alarm.Name), Unknown("Unchecked: Initial alarm creation")));
            }
        }
    }

    /// <summary>Sets a state by hand. An alarm with data goes back to its own at the next evaluation.</summary>
    /// <exception cref="AwsServiceException">ResourceNotFound.</exception>
    public void SetAlarmState(string name, AlarmValue value, string reason)
    {
        AlarmChange change;
        AlarmStatus alarm;
        lock (_lock)
        {
            var index = _alarms.FindIndex(other => other.Alarm.Name == name);
            if (index < 0)
            {
                throw new AwsServiceException("ResourceNotFound", $"Alarm {name} does not exist.", 404);
            }

            alarm = _alarms[index];
            change = Change(index, new(value, reason, _time.GetUtcNow()));
        }

        Tell(alarm, change);
    }

    /// <summary>Evaluates until cancelled. Half of the shortest period is a good interval.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Evaluate();
        }
    }

    public void Evaluate()
    {
        if (!_power.IsOn)
        {
            return;
        }

        var changes = new List<(AlarmStatus, AlarmChange)>();
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            for (var i = 0; i < _alarms.Count; i++)
            {
                var (alarm, _, state) = _alarms[i];
                var context = new AlarmContext(Metrics, now, _since, state.Value, StateOf);
                if (alarm.Evaluate(context) is { } result && result.Value != state.Value)
                {
                    changes.Add((_alarms[i], Change(i, new(result.Value, result.Reason, now))));
                }
            }
        }

        foreach (var (alarm, change) in changes)
        {
            Tell(alarm, change);
        }
    }

    public void Dispose() => _power.Changed -= OnPowerChanged;

    private AlarmValue StateOf(string name) => _alarms.Find(other => other.Alarm.Name == name)?.State.Value ?? AlarmValue.InsufficientData;

    private AlarmChange Change(int index, AlarmState state)
    {
        var change = new AlarmChange(Region, _alarms[index].Alarm.Name, _alarms[index].State, state);
        _alarms[index] = _alarms[index] with { State = state };
        return change;
    }

    private void Tell(AlarmStatus alarm, AlarmChange change)
    {
        if (change.Previous.Value == change.Current.Value)
        {
            return;
        }

        _logger.LogInformation(
            "Alarm {Alarm} in {Region} went from {Previous} to {Current}: {Reason}",
            change.AlarmName, Region, change.Previous.Name, change.Current.Name, change.Current.Reason);
        AlarmChanged?.Invoke(change);
        var detail = new JsonObject
        {
            ["alarmName"] = change.AlarmName,
            ["state"] = State(change.Current),
            ["previousState"] = State(change.Previous),
            ["configuration"] = alarm.Alarm.Configuration(),
        };
        Suppress(alarm.Alarm, detail["state"]!.AsObject());
        _bus.Publish("aws.cloudwatch", "CloudWatch Alarm State Change", detail, [alarm.Arn], change.Current.Since);
    }

    private void Suppress(IAlarm alarm, JsonObject state)
    {
        if (alarm is not CompositeAlarm { ActionsSuppressor: { } suppressor })
        {
            return;
        }

        lock (_lock)
        {
            if (StateOf(suppressor) == AlarmValue.Alarm)
            {
                state["actionsSuppressedBy"] = "Alarm";
                state["actionsSuppressedReason"] = $"Actions suppressed by {suppressor}";
            }
        }
    }

    private static JsonObject State(AlarmState state) => new()
    {
        ["value"] = state.Name,
        ["reason"] = state.Reason,
        ["timestamp"] = state.Since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000",
    };

    private AlarmState Unknown(string reason) => new(AlarmValue.InsufficientData, reason, _time.GetUtcNow());

    // A Region that comes back has no data of the time it was gone; taking that silence for the peer's would fail over to it at once.
    private void OnPowerChanged(bool on)
    {
        if (!on)
        {
            return;
        }

        lock (_lock)
        {
            _since = _time.GetUtcNow();
            for (var i = 0; i < _alarms.Count; i++)
            {
                _alarms[i] = _alarms[i] with { State = Unknown("The Region came back; its alarms begin anew.") };
            }
        }
    }
}
