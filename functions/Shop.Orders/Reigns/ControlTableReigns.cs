using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Shop.Aws;

namespace Shop.Orders.Reigns;

/// <summary>
/// Reads the newest epoch from the failover control table, which is replicated between the Regions by other means than the database. A former writer that
/// comes back writable still believes in its own, older epoch; this is how the functions beside it learn better.
/// </summary>
/// <remarks>A second line behind Aurora's own fence, so it never stands in the way: a table that can't be read in time changes nothing.</remarks>
internal sealed class ControlTableReigns(AwsClient aws, string table, TimeProvider time, ILogger<ControlTableReigns> log) : IReigns
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);
    private readonly byte[] _request = Request(table);
    private long _newest;
    private long _lookAgainAt;

    public async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (now < Interlocked.Read(ref _lookAgainAt))
        {
            return Interlocked.Read(ref _newest);
        }

        // Moved first: requests that come meanwhile use what is known.
        Interlocked.Exchange(ref _lookAgainAt, now + Lifetime.Ticks);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var answer = await aws.JsonAsync(AwsService.DynamoDb, "GetItem", _request, cancellationToken: limit.Token);
            Remember(EpochOf(answer));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _lookAgainAt, now + PauseAfterFailure.Ticks);
            Log.ReignUnknown(log, e);
        }

        return Interlocked.Read(ref _newest);
    }

    // Epochs only grow, whatever order two answers come in.
    private void Remember(long epoch)
    {
        for (var known = Interlocked.Read(ref _newest); epoch > known; known = Interlocked.Read(ref _newest))
        {
            Interlocked.CompareExchange(ref _newest, epoch, known);
        }
    }

    private static long EpochOf(JsonElement answer) =>
        answer.TryGetProperty("Item", out var item) && item.TryGetProperty("epoch", out var epoch) && epoch.TryGetProperty("N", out var number)
            ? long.Parse(number.GetString()!, CultureInfo.InvariantCulture)
            : 0;

    private static byte[] Request(string table) => JsonBody.Of(w =>
    {
        w.WriteString("TableName", table);
        w.WriteStartObject("Key");
        w.WriteStartObject("pk");
        w.WriteString("S", "epoch#orders");
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteBoolean("ConsistentRead", true);
    });
}
