using System.Net.Http.Json;
using Shop.Rehearsal.Regions;

namespace Shop.Rehearsal.DynamoDb;

/// <summary>Sends a Region's changes to the other one, in order, again and again until it has acknowledged them.</summary>
internal sealed class Shipper(Replica replica, ReplicationQueue queue, RegionPower? power, Uri peer, TimeProvider time, ILogger logger) : IDisposable
{
    public const string Path = "/_replicate";
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A link that swallows everything shows only as a time-out.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(2),
        BaseAddress = peer,
    };

    private bool _isCut;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await queue.WaitAsync(cancellationToken);
            while (queue.Count > 0 || replica.DoubtfulCount > 0)
            {
                if (!await TryShipAsync(cancellationToken))
                {
                    await Task.Delay(Pause, time, cancellationToken);
                }
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> TryShipAsync(CancellationToken cancellationToken)
    {
        if (power is { IsOn: false })
        {
            return false;
        }

        try
        {
            await replica.SettleAsync(cancellationToken);
            var changes = queue.Peek(BatchSize);
            using var response = await _http.PostAsJsonAsync(Path, changes, cancellationToken);
            response.EnsureSuccessStatusCode();
            queue.Remove(changes.Length);
            Tell(isCut: false, null);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is HttpRequestException or OperationCanceledException or InvalidOperationException)
        {
            Tell(isCut: true, e);
            return false;
        }
    }

    private void Tell(bool isCut, Exception? reason)
    {
        if (_isCut != isCut)
        {
            _isCut = isCut;
            logger.LogInformation("DynamoDB replication to {Peer}: {State} {Reason}", peer, isCut ? "interrupted" : "running", reason?.Message);
        }
    }
}
