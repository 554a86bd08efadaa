using Shop.Rehearsal.Routing;

namespace Shop.Rehearsal.ControlRoom.Live;

/// <summary>Counts what shoppers get at the front door, in seconds.</summary>
internal sealed class JourneyMeter(IReadOnlyList<string> regions, TimeProvider time)
{
    private const int WindowSeconds = 10;
    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, FrontDoorAnswer Answer)> _recent = new();

    /// <summary>The first order acknowledged in a Region at or after a moment: what ends an outage.</summary>
    private readonly Dictionary<string, List<DateTimeOffset>> _orders = regions.ToDictionary(r => r, _ => new List<DateTimeOffset>());

    public void Count(FrontDoorAnswer answer)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _recent.Enqueue((now, answer));
            if (answer.PlacedOrder && _orders.TryGetValue(answer.Region, out var orders))
            {
                orders.Add(now);
            }
        }
    }

    public DateTimeOffset? FirstOrderSince(DateTimeOffset moment, string region)
    {
        lock (_lock)
        {
            var orders = _orders[region];
            var index = orders.BinarySearch(moment);
            index = index < 0 ? ~index : index;
            return index < orders.Count ? orders[index] : null;
        }
    }

    public JourneyFigures Figures()
    {
        lock (_lock)
        {
            var from = time.GetUtcNow() - TimeSpan.FromSeconds(WindowSeconds);
            while (_recent.TryPeek(out var oldest) && oldest.At < from)
            {
                _recent.Dequeue();
            }

            var answers = _recent.Select(r => r.Answer).ToList();
            var times = answers.Select(a => a.Elapsed.TotalMilliseconds).Order().ToList();
            return new JourneyFigures(
                regions.ToDictionary(r => r, r => answers.Count(a => a.Region == r && a.PlacedOrder) * 60.0 / WindowSeconds),
                regions.ToDictionary(r => r, r => answers.Count == 0 ? 0 : answers.Count(a => a.Region == r) * 100.0 / answers.Count),
                answers.Count,
                answers.Count == 0 ? 0 : answers.Count(a => a.Status >= 500) * 100.0 / answers.Count,
                Percentile(times, 50),
                Percentile(times, 99));
        }
    }

    /// <summary>The nearest rank: a time that somebody waited, not one between two.</summary>
    private static double? Percentile(List<double> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * percent / 100.0) - 1)];
}

/// <summary>Of the last ten seconds.</summary>
/// <param name="OrdersPerMinute">Acknowledged orders, by Region.</param>
/// <param name="SharePercent">Of all answers, by Region.</param>
/// <param name="ErrorPercent">Answers of 500 and above.</param>
internal sealed record JourneyFigures(
    IReadOnlyDictionary<string, double> OrdersPerMinute, IReadOnlyDictionary<string, double> SharePercent, int Answers, double ErrorPercent, double? P50, double? P99);
