using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.EventBridge;

/// <summary>The default bus of one Region. Lost with it, undelivered events included.</summary>
public sealed class EventBus(RegionPower power, TimeProvider time, ILogger<EventBus>? logger = null) : IAsyncDisposable
{
    private const int MostKept = 1000;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(60);
    private readonly ILogger _logger = logger ?? NullLogger<EventBus>.Instance;
    private readonly ConcurrentDictionary<string, EventRule> _rules = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JsonElement> _events = new();
    private readonly ConcurrentQueue<DeadLetter> _deadLetters = new();
    private readonly ConcurrentDictionary<Task, bool> _deliveries = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly List<IEventReceiver> _receivers = [];

    public event Action<JsonElement>? Published;

    public string Region => power.Region;

    public IReadOnlyCollection<EventRule> Rules => [.. _rules.Values];

    /// <summary>The newest events, oldest first.</summary>
    public IReadOnlyCollection<JsonElement> Events => _events;

    public IReadOnlyCollection<DeadLetter> DeadLetters => _deadLetters;

    public void AddReceiver(IEventReceiver receiver) => _receivers.Add(receiver);

    public void PutRule(EventRule rule) => _rules[rule.Name] = rule;

    /// <exception cref="AwsServiceException">ResourceNotFoundException.</exception>
    public void SetEnabled(string ruleName, bool enabled)
    {
        if (!_rules.TryGetValue(ruleName, out var rule))
        {
            throw new AwsServiceException("ResourceNotFoundException", $"Rule {ruleName} does not exist on EventBus default.");
        }

        _rules[ruleName] = rule with { IsEnabled = enabled };
    }

    /// <summary>Publishes an event of a service and returns its id. The envelope is made here.</summary>
    public string Publish(string source, string detailType, JsonObject detail, IEnumerable<string> resources, DateTimeOffset? at = null)
    {
        var envelope = Envelope(source, detailType, detail, resources, at ?? time.GetUtcNow());
        if (power.IsOn)
        {
            Dispatch(envelope);
        }

        return envelope.GetProperty("id").GetString()!;
    }

    /// <summary>Delivers once more what was published, as EventBridge may: at least once, not exactly once.</summary>
    public void DeliverAgain(JsonElement envelope) => Dispatch(envelope);

    /// <summary>Sends a scheduled rule's event to its target.</summary>
    public void GoOff(EventRule rule)
    {
        if (power.IsOn)
        {
            Deliver(rule, Envelope("aws.events", "Scheduled Event", [], [$"arn:aws:events:{Region}:000000000000:rule/{rule.Name}"], time.GetUtcNow()));
        }
    }

    private JsonElement Envelope(string source, string detailType, JsonObject detail, IEnumerable<string> resources, DateTimeOffset at) =>
        new JsonObject
        {
            ["version"] = "0",
            ["id"] = Guid.CreateVersion7().ToString(),
            ["detail-type"] = detailType,
            ["source"] = source,
            ["account"] = "000000000000",
            ["time"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = Region,
            ["resources"] = new JsonArray([.. resources.Select(resource => JsonValue.Create(resource))]),
            ["detail"] = detail,
        }.ToElement();

    /// <summary>Done when nothing is being delivered.</summary>
    public Task DrainAsync() => Task.WhenAll(_deliveries.Keys);

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await DrainAsync();
        _stopped.Dispose();
    }

    private void Dispatch(JsonElement envelope)
    {
        _events.Enqueue(envelope);
        while (_events.Count > MostKept)
        {
            _events.TryDequeue(out _);
        }

        Published?.Invoke(envelope);
        foreach (var rule in _rules.Values.Where(rule => rule is { IsEnabled: true, Pattern: { } pattern } && pattern.Matches(envelope)))
        {
            Deliver(rule, envelope);
        }
    }

    private void Deliver(EventRule rule, JsonElement envelope)
    {
        var delivery = Task.Run(() => DeliverAsync(rule, envelope), CancellationToken.None);
        _deliveries[delivery] = true;
        _ = delivery.ContinueWith(done => _deliveries.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task DeliverAsync(EventRule rule, JsonElement envelope)
    {
        var accepted = time.GetUtcNow();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await SendAsync(rule, envelope);
                _logger.LogInformation("Rule {Rule} in {Region} sent an event to {Target}", rule.Name, Region, rule.Target.Arn);
                return;
            }
            catch (Exception e) when (!_stopped.IsCancellationRequested && power.IsOn)
            {
                var pause = Pause(attempt);
                if (attempt > rule.Target.MaximumRetryAttempts || time.GetUtcNow() + pause - accepted > rule.Target.MaximumEventAge)
                {
                    _deadLetters.Enqueue(new(rule.Name, rule.Target.Arn, envelope, e.Message, attempt, time.GetUtcNow()));
                    _logger.LogError(e, "Rule {Rule} in {Region} gave up after {Attempts} attempts", rule.Name, Region, attempt);
                    return;
                }

                await Task.Delay(pause, time, _stopped.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e)
            {
                _logger.LogInformation("An event for rule {Rule} was lost with {Region}: {Reason}", rule.Name, Region, e.Message);
                return;
            }
        }
    }

    private Task SendAsync(EventRule rule, JsonElement envelope)
    {
        _stopped.Token.ThrowIfCancellationRequested();
        var receiver = _receivers.Find(receiver => rule.Target.Arn.StartsWith(receiver.ArnPrefix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"Nothing here receives events for {rule.Target.Arn}.");
        var input = rule.Target.Input ?? rule.Target.Transformer?.Transform(envelope, Reserved(rule, envelope)) ?? envelope.GetRawText();
        return receiver.ReceiveAsync(rule.Target.Arn, envelope.GetProperty("id").GetString()!, input, _stopped.Token);
    }

    private Dictionary<string, string> Reserved(EventRule rule, JsonElement envelope) => new(StringComparer.Ordinal)
    {
        ["aws.events.rule-arn"] = $"arn:aws:events:{Region}:000000000000:rule/{rule.Name}",
        ["aws.events.rule-name"] = rule.Name,
        ["aws.events.event.ingestion-time"] = envelope.GetProperty("time").GetString()!,
    };

    private static TimeSpan Pause(int attempt) =>
        TimeSpan.FromTicks(Math.Min(LastRetry.Ticks, FirstRetry.Ticks << Math.Min(attempt - 1, 10)));
}
