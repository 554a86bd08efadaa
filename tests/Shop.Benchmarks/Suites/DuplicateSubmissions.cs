using System.Net;
using System.Text;
using MySqlConnector;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>The same orders submitted over and over at the same time: exactly one order a key, and every answer is that order's.</summary>
internal static class DuplicateSubmissions
{
    private const int PerKey = 20;
    private const int AtATime = 16;

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchStore store, BenchOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = store.LoadBalancer, Timeout = TimeSpan.FromMinutes(1) };
        var order = await OrderBodies.LoadAsync(http, cancellationToken);
        var customer = $"duplicates-{Guid.CreateVersion7():N}";
        var keys = Enumerable.Range(0, options.Duplicates / PerKey).Select(_ => Guid.CreateVersion7()).ToArray();
        var body = order.For(customer);
        var created = new int[keys.Length];
        var busy = 0;

        // Neighbours in time share a key, so that its submissions overlap.
        var (took, perSecond) = await Clients.RunAsync(AtATime, keys.Length * PerKey, (i, token) => SubmitAsync(i / PerKey, token), cancellationToken);

        var rows = await OrdersOfAsync(store, customer, cancellationToken);
        if (created.Any(c => c != 1) || rows.Count != keys.Length || !rows.ToHashSet().SetEquals(keys))
        {
            throw new BenchException(
                $"{keys.Length} keys were submitted {PerKey} times each; {created.Sum()} answers said created, {rows.Count} orders are in the database.");
        }

        Console.WriteLine($"  {keys.Length * PerKey} submissions of {keys.Length} keys, {AtATime} at a time: {rows.Count} orders, one a key; {busy} were told to come again");
        Samples rate = new(), orders = new();
        rate.Add(perSecond);
        orders.Add(rows.Count / (double)keys.Length);
        return
        [
            new Measurement("duplicate submissions", "ms", took, []),
            new Measurement("duplicate submissions", "per second", rate, []),
            new Measurement("duplicate submissions, orders a key", "orders", orders, []),
        ];

        async Task SubmitAsync(int key, CancellationToken token)
        {
            while (true)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                request.Headers.Add("Idempotency-Key", keys[key].ToString("D"));
                using var answer = await http.SendAsync(request, token);
                switch (answer.StatusCode)
                {
                    case HttpStatusCode.Created:
                        Interlocked.Increment(ref created[key]);
                        return;
                    case HttpStatusCode.OK when answer.Headers.Contains("Idempotent-Replay"):
                        return;
                    case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway:
                        Interlocked.Increment(ref busy);
                        await Task.Delay(TimeSpan.FromMilliseconds(100), token);
                        break;
                    default:
                        throw new BenchException($"A submission answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(token)}");
                }
            }
        }
    }

    private static async Task<List<Guid>> OrdersOfAsync(BenchStore store, string customer, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(store.ConnectionString("orders"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new MySqlCommand("SELECT id FROM customer_order WHERE customer_id = @customer", connection);
        command.Parameters.AddWithValue("@customer", customer);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await row.ReadAsync(cancellationToken))
        {
            ids.Add(Guid.Parse(row.GetString(0)));
        }

        return ids;
    }
}
