using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>
/// A Region's copy of the global tables: the engine's items, and beside them each item's stamp. Stamps are kept for deleted items too, or an older write
/// that arrives late would bring them back. They live as long as the host.
/// </summary>
internal sealed class Replica(string region, Engine engine, ReplicationQueue queue, TimeProvider time) : IDisposable
{
    private readonly HybridClock _clock = new(region, time);
    private readonly KeyLocks _locks = new();
    private readonly ConcurrentDictionary<ItemKey, Change> _latest = new();
    private readonly ConcurrentDictionary<ItemKey, Stamp> _doubtful = new();

    public KeySchemas Schemas { get; } = new(engine);

    public int DoubtfulCount => _doubtful.Count;

    /// <summary>Runs a write of this Region and queues what has become of the items for the other one.</summary>
    public async Task<EngineAnswer> WriteAsync(IReadOnlyList<ItemKey> keys, Func<Task<EngineAnswer>> write, CancellationToken cancellationToken)
    {
        using var locks = await _locks.AcquireAsync(keys, cancellationToken);
        try
        {
            var answer = await write();
            if (answer.IsSuccess)
            {
                foreach (var key in keys)
                {
                    await PublishAsync(key, _clock.Next(), cancellationToken);
                }
            }

            return answer;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            // Written or not, nobody knows: the items are read again when the engine is back. They keep the stamp of now, so that they don't win
            // over what the other Region writes until then.
            foreach (var key in keys)
            {
                _doubtful[key] = _clock.Next();
            }

            queue.Wake();
            throw;
        }
    }

    /// <summary>Looks what became of writes whose outcome was lost.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, stamp) in _doubtful)
        {
            using var locks = await _locks.AcquireAsync([key], cancellationToken);
            if (!_latest.TryGetValue(key, out var known) || known.Stamp < stamp)
            {
                await PublishAsync(key, stamp, cancellationToken);
            }

            _doubtful.TryRemove(KeyValuePair.Create(key, stamp));
        }
    }

    /// <summary>Takes over a change of the other Region, unless this one knows a later one.</summary>
    public async Task ApplyAsync(Change change, CancellationToken cancellationToken)
    {
        _clock.Observe(change.Stamp);
        using var locks = await _locks.AcquireAsync([change.ItemKey], cancellationToken);
        if (_latest.TryGetValue(change.ItemKey, out var known) && known.Stamp >= change.Stamp)
        {
            return;
        }

        await engine.WriteAsync(change.ItemKey, change.Item, cancellationToken);
        _latest[change.ItemKey] = change;
    }

    /// <summary>Puts the items of a table back into an engine that has lost them. DynamoDB keeps its data through an outage; an engine in memory doesn't.</summary>
    public async Task RefillAsync(string table, CancellationToken cancellationToken)
    {
        foreach (var key in _latest.Keys.Where(k => k.Table == table))
        {
            using var locks = await _locks.AcquireAsync([key], cancellationToken);
            if (_latest[key].Item is { } item)
            {
                await engine.WriteAsync(key, item, cancellationToken);
            }
        }
    }

    /// <summary>Deletes the items that have expired.</summary>
    public async Task ExpireAsync(string table, string attribute, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (key, change) in _latest)
        {
            if (key.Table == table && change.Item is { } item && HasExpired(item, attribute, now))
            {
                await WriteAsync([key], () => DeleteExpiredAsync(key, attribute, now, cancellationToken), cancellationToken);
            }
        }
    }

    public void Dispose() => _locks.Dispose();

    private async Task PublishAsync(ItemKey key, Stamp stamp, CancellationToken cancellationToken)
    {
        var change = Change.Of(key, await engine.ReadAsync(key, cancellationToken), stamp);
        _latest[key] = change;
        queue.Add(change);
    }

    private static bool HasExpired(string item, string attribute, long now) =>
        JsonNode.Parse(item)?[attribute]?["N"] is JsonValue value && double.TryParse((string?)value, out var at) && at <= now;

    // On the condition that it has not been renewed since.
    private Task<EngineAnswer> DeleteExpiredAsync(ItemKey key, string attribute, long now, CancellationToken cancellationToken) => engine.CallAsync(
        "DeleteItem",
        new JsonObject
        {
            ["TableName"] = key.Table,
            ["Key"] = JsonNode.Parse(key.Json),
            ["ConditionExpression"] = "#expires <= :now",
            ["ExpressionAttributeNames"] = new JsonObject { ["#expires"] = attribute },
            ["ExpressionAttributeValues"] = new JsonObject { [":now"] = new JsonObject { ["N"] = $"{now}" } },
        },
        cancellationToken);
}
