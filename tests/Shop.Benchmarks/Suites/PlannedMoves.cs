using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Shop.Asl;
using Shop.Benchmarks.Harness;

namespace Shop.Benchmarks.Suites;

/// <summary>The store moved on purpose, to and fro, while orders are placed one after the other: for how long nobody can buy, and how long a move takes.</summary>
internal static class PlannedMoves
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Measurement>> MeasureAsync(BenchStore store, BenchOptions options, CancellationToken cancellationToken)
    {
        Samples pause = new(), move = new(), usual = new();
        var placed = new List<Guid>();
        for (var i = 0; i < options.Moves; i++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            // Through the Region that is being left, as a client whose resolver is slow to notice: its functions have to find the new writer.
            var buying = BuyAsync(store.LoadBalancer, placed, usual, stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var execution = store.StartSwitchover();
            await execution.Completion.WaitAsync(Patience, cancellationToken);
            move.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (execution.Status != ExecutionStatus.Succeeded)
            {
                throw new BenchException($"A planned move ended {execution.Status}: {execution.Outcome.Error} {execution.Outcome.Cause}");
            }

            RequireProof(execution.Outcome.Output!);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            await stop.CancelAsync();
            pause.Add(await buying);
            await store.SettledAsync(Patience, cancellationToken);
        }

        var lost = await store.MissingAsync(placed, cancellationToken);
        if (lost > 0)
        {
            throw new BenchException($"{lost} of {placed.Count} acknowledged orders are not there after {options.Moves} planned moves.");
        }

        Console.WriteLine($"  {options.Moves} planned moves, {placed.Count} orders acknowledged meanwhile: all are there");
        return
        [
            new Measurement("planned move, longest time without an acknowledged order", "ms", pause, [("between two orders otherwise", usual)]),
            new Measurement("planned move, from the start to the end of the run", "ms", move, []),
        ];
    }

    /// <summary>Answers the longest time between two acknowledgements, milliseconds. A refused order is tried again under its key.</summary>
    private static async Task<double> BuyAsync(Uri loadBalancer, List<Guid> placed, Samples usual, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = loadBalancer, Timeout = TimeSpan.FromSeconds(10) };
        var body = (await OrderBodies.LoadAsync(http, cancellationToken)).For("mover");
        var (longest, last) = (0.0, Stopwatch.GetTimestamp());
        try
        {
            while (true)
            {
                var key = Guid.CreateVersion7();
                while (!await TryBuyAsync(http, body, key, cancellationToken))
                {
                    await Task.Delay(Pause, cancellationToken);
                }

                placed.Add(key);
                var gap = Stopwatch.GetElapsedTime(last).TotalMilliseconds;
                (longest, last) = (Math.Max(longest, gap), Stopwatch.GetTimestamp());
                usual.Add(gap);
                await Task.Delay(Pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return longest;
        }
    }

    private static async Task<bool> TryBuyAsync(HttpClient http, string body, Guid key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key.ToString("D"));
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => true,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway => false,
            _ => throw new BenchException($"An order answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}"),
        };
    }

    private static void RequireProof(string output)
    {
        using var json = JsonDocument.Parse(output);
        if (json.RootElement.GetProperty("proofs").EnumerateArray().Any(p => p.GetProperty("status").GetString() != "equal"))
        {
            throw new BenchException($"A planned move did not show both sides equal: {json.RootElement.GetProperty("proofs").GetRawText()}");
        }
    }
}
