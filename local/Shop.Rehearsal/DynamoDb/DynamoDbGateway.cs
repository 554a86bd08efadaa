using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Faults;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>A Region's DynamoDB endpoint: an engine that knows nothing of Regions, and in front of it what makes global tables of it.</summary>
/// <remarks>
/// As in AWS (multi-Region, eventual consistency): whole items replicate asynchronously, the last writer wins, conditions look at the own Region only,
/// deletes replicate. Different from AWS: no streams, no transactions, and expired items go within seconds.
/// </remarks>
public sealed class DynamoDbGateway : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private readonly ConcurrentDictionary<string, string> _timeToLive = new(StringComparer.Ordinal);
    private readonly RegionPower? _power;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Engine _engine;
    private readonly Replica _replica;
    private readonly ReplicationQueue _queue;
    private AwsJsonServer _server = null!;
    private Shipper? _shipper;

    private DynamoDbGateway(string region, Func<Uri> engine, RegionPower? power, TimeProvider time, ILogger logger)
    {
        Region = region;
        _power = power;
        _time = time;
        _logger = logger;
        _engine = new Engine(engine);
        _queue = new ReplicationQueue(time);
        _replica = new Replica(region, _engine, _queue, time);
    }

    public string Region { get; }

    /// <summary>Both the endpoint of clients and where the other Region's gateway delivers.</summary>
    public Uri Address => _server.Address;

    /// <summary>Writes that the other Region has not acknowledged.</summary>
    public int Pending => _queue.Count + _replica.DoubtfulCount;

    /// <summary>How long the oldest of them has been waiting; zero when there is none.</summary>
    public TimeSpan ReplicationLag => _queue.Age;

    /// <param name="region">The Region's code: part of every stamp.</param>
    /// <param name="engine">Where the engine listens; asked for each request, as it moves when it is started again.</param>
    /// <param name="power">With the Region's power off, nobody is answered and nothing is sent.</param>
    public static async Task<DynamoDbGateway> StartAsync(
        string region, Func<Uri> engine, RegionPower? power = null, TimeProvider? time = null, ILogger? logger = null,
        ServiceFaults? faults = null, CancellationToken cancellationToken = default)
    {
        var gateway = new DynamoDbGateway(region, engine, power, time ?? TimeProvider.System, logger ?? NullLogger.Instance);
        gateway._server = await AwsJsonServer.StartAsync(power, [], gateway.HandleAsync, faults, cancellationToken);
        gateway._loops.Add(gateway.SweepAsync());
        return gateway;
    }

    /// <summary>Starts to send this Region's changes to the other one's gateway, or to a link that leads there.</summary>
    public void ReplicateTo(Uri peer)
    {
        _shipper = new Shipper(_replica, _queue, _power, peer, _time, _logger);
        _loops.Add(_shipper.RunAsync(_stopping.Token));
    }

    /// <summary>Creates the table if it is not there. Call it again after the engine was started again: it gets back what it held.</summary>
    public async Task EnsureTableAsync(TableDefinition table, CancellationToken cancellationToken = default)
    {
        if (table.TimeToLive is { } attribute)
        {
            _timeToLive[table.Name] = attribute;
        }

        var answer = await _engine.CallAsync("CreateTable", table.ToRequest(), cancellationToken);
        if (answer.IsError("ResourceInUseException"))
        {
            return;
        }

        if (!answer.IsSuccess)
        {
            throw new InvalidOperationException($"Table {table.Name} was not created in {Region}: {answer.Text}");
        }

        while (await StatusAsync(table.Name, cancellationToken) != "ACTIVE")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
        }

        await _replica.RefillAsync(table.Name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _shipper?.Dispose();
        _replica.Dispose();
        _queue.Dispose();
        _engine.Dispose();
        _stopping.Dispose();
    }

    private async Task<bool> HandleAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Path == Shipper.Path)
            {
                await ReceiveAsync(context);
            }
            else
            {
                await ServeAsync(context);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or InvalidOperationException or IOException)
        {
            // The engine is gone: to a client the same as a service that does not answer.
            context.Abort();
        }

        return true;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        var changes = await context.Request.ReadFromJsonAsync<Change[]>(context.RequestAborted) ?? [];
        foreach (var change in changes)
        {
            await _replica.ApplyAsync(change, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.ToArray();
        var operation = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[^1];
        var input = TryParse(body);
        if (input is not null && TimeToLive.Answer(operation, input, _timeToLive) is { } timeToLive)
        {
            context.Response.ContentType = "application/x-amz-json-1.0";
            await context.Response.WriteAsync(timeToLive.ToJsonString(), context.RequestAborted);
            return;
        }

        // A write that has begun is brought to its end, even if its client has left: half of it would never replicate.
        var keys = input is null ? [] : await _replica.Schemas.WrittenByAsync(operation, input, _stopping.Token);
        var answer = keys.Count == 0
            ? await _engine.ForwardAsync(context.Request, body, context.RequestAborted)
            : await _replica.WriteAsync(keys, () => _engine.ForwardAsync(context.Request, body, _stopping.Token), _stopping.Token);
        await answer.CopyToAsync(context.Response);
    }

    private async Task<string?> StatusAsync(string table, CancellationToken cancellationToken)
    {
        var answer = await _engine.MustCallAsync("DescribeTable", new JsonObject { ["TableName"] = table }, cancellationToken);
        return (string?)answer["Table"]?["TableStatus"];
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(SweepInterval, _time);
        while (await timer.WaitForNextTickAsync(_stopping.Token))
        {
            if (_power is { IsOn: false })
            {
                continue;
            }

            try
            {
                foreach (var (table, attribute) in _timeToLive)
                {
                    await _replica.ExpireAsync(table, attribute, _stopping.Token);
                }
            }
            catch (Exception e) when (!_stopping.IsCancellationRequested)
            {
                _logger.LogDebug(e, "Expired items stay until the next sweep");
            }
        }
    }

    private static JsonObject? TryParse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
