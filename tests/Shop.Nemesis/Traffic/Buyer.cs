using System.Net.Http.Json;
using System.Text.Json;
using Shop.Nemesis.History;
using Shop.Rehearsal.Hosting;

namespace Shop.Nemesis.Traffic;

/// <summary>Sends orders as an app would: to a Region that DNS names, again with the same key while it is not told an outcome, and notes all of it.</summary>
internal sealed class Buyer(RehearsalHost host, OperationLog log) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), PooledConnectionLifetime = TimeSpan.FromSeconds(20) }) { Timeout = TimeSpan.FromSeconds(15) };

    public HttpClient Http => _http;

    public Uri Balancer(string region) => host.Region(region).LoadBalancer.Address;

    /// <summary>Until the order is acknowledged or refused, or patience ends. Null: nobody knows.</summary>
    public async Task<Answer?> SubmitAsync(Intent intent, TimeSpan patience, CancellationToken cancellationToken, string? region = null)
    {
        var until = TimeProvider.System.GetUtcNow() + patience;
        var process = log.NewProcess();
        for (var attempt = 0; ; attempt++)
        {
            var answer = await SendAsync(process, intent, region ?? Choose(intent, attempt), cancellationToken);
            if (answer.IsOk || answer.IsRefusal)
            {
                return answer;
            }

            if (TimeProvider.System.GetUtcNow() > until || cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            process = log.NewProcess();
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends it once.</summary>
    public async Task<Answer> SendOnceAsync(Intent intent, string region, CancellationToken cancellationToken) =>
        await SendAsync(log.NewProcess(), intent, region, cancellationToken);

    public async Task<Answer> CancelAsync(Intent intent, string region, CancellationToken cancellationToken)
    {
        var process = log.NewProcess();
        log.Add(process, OperationType.Invoke, "cancel", o => o with { Key = intent.Key, Region = region });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Balancer(region), $"orders/{intent.Key:D}/cancel"));
        var answer = await TryAsync(request, cancellationToken);
        log.Add(process, answer.IsOk ? OperationType.Ok : answer.IsRefusal ? OperationType.Fail : OperationType.Info, "cancel", o => o with { Key = intent.Key, Note = $"{answer.Status}" });
        return answer;
    }

    public async Task<Answer> GetAsync(string region, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Balancer(region), path));
        return await TryAsync(request, cancellationToken);
    }

    public async Task<Answer> SendJsonAsync(HttpMethod method, string region, string path, object? body, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Balancer(region), path)) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await TryAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private string Choose(Intent intent, int attempt)
    {
        var on = host.Options.Regions.Where(r => host.RoutingControls[r]).ToList();
        return on.Count == 0 ? host.ActiveRegion : on[(Math.Abs(intent.Key.GetHashCode() % 2) + attempt) % on.Count];
    }

    private async Task<Answer> SendAsync(int process, Intent intent, string region, CancellationToken cancellationToken)
    {
        log.Add(process, OperationType.Invoke, "submit", o => o with { Key = intent.Key, Hash = intent.Hash, Total = intent.Total, Region = region });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Balancer(region), "orders")) { Content = JsonContent.Create(intent.ToOrder()) };
        request.Headers.Add("Idempotency-Key", intent.Key.ToString("D"));
        var answer = await TryAsync(request, cancellationToken);
        log.Add(process, answer.IsOk ? OperationType.Ok : answer.IsRefusal ? OperationType.Fail : OperationType.Info, "submit", o => o with
        {
            Key = intent.Key, OrderId = answer.OrderId, Hash = intent.Hash, Total = intent.Total, Region = region, Epoch = answer.Epoch, Note = answer.Problem is { } p ? $"{answer.Status} {p}" : $"{answer.Status}",
        });
        return answer;
    }

    private async Task<Answer> TryAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            var retryAfter = answer.Headers.TryGetValues("Retry-After", out var values) ? values.First() : null;
            return new Answer((int)answer.StatusCode, Parse(text), retryAfter, TimeProvider.System.GetElapsedTime(start));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new Answer(0, null, null, TimeProvider.System.GetElapsedTime(start));
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
