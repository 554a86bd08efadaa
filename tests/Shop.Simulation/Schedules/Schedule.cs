using System.Globalization;
using System.Text;

namespace Shop.Simulation.Schedules;

/// <summary>Everything that one run depends on. Its text is what replays it: <c>lost-region/0/f12e,f40T/b88r</c>.</summary>
/// <param name="Scenario">The name of the situation.</param>
/// <param name="Seed">0 leaves the scenario as it is; any other number draws latencies, durations and jitter.</param>
/// <param name="Faults">In the order of calls.</param>
/// <param name="Boundaries">In the order of events.</param>
internal sealed record Schedule(string Scenario, int Seed, IReadOnlyList<CallFault> Faults, IReadOnlyList<Boundary> Boundaries)
{
    public static Schedule Of(string scenario, int seed = 0) => new(scenario, seed, [], []);

    public Schedule With(params CallFault[] faults) => this with { Faults = [.. Faults.Concat(faults).OrderBy(f => f.Call)] };

    public Schedule With(Boundary boundary) => this with { Boundaries = [.. Boundaries.Append(boundary).OrderBy(b => b.Event)] };

    public static Schedule Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            throw new FormatException($"'{text}' is not a schedule: scenario/seed/faults/boundaries, as in lost-region/0/f12e,f40T/b88r.");
        }

        var items = parts.Skip(2).SelectMany(p => p.Split(',', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return new(
            parts[0],
            seed,
            [.. items.Where(i => i[0] == 'f').Select(i => new CallFault(Number(i), Kind<FaultKind>(i))).OrderBy(f => f.Call)],
            [.. items.Where(i => i[0] == 'b').Select(i => new Boundary(Number(i), Kind<BoundaryKind>(i))).OrderBy(b => b.Event)]);
    }

    public override string ToString()
    {
        var text = new StringBuilder(Scenario).Append('/').Append(Seed.ToString(CultureInfo.InvariantCulture));
        if (Faults.Count > 0)
        {
            text.Append('/').AppendJoin(',', Faults.Select(f => string.Create(CultureInfo.InvariantCulture, $"f{f.Call}{(char)f.Kind}")));
        }

        if (Boundaries.Count > 0)
        {
            text.Append('/').AppendJoin(',', Boundaries.Select(b => string.Create(CultureInfo.InvariantCulture, $"b{b.Event}{(char)b.Kind}")));
        }

        return text.ToString();
    }

    private static int Number(string item) => int.Parse(item.AsSpan(1, item.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture);

    private static T Kind<T>(string item)
        where T : struct, Enum
        => Enum.GetValues<T>().FirstOrDefault(kind => Convert.ToInt32(kind, CultureInfo.InvariantCulture) == item[^1]) is var found
            && Convert.ToInt32(found, CultureInfo.InvariantCulture) == item[^1]
            ? found
            : throw new FormatException($"'{item}' names no {typeof(T).Name}.");
}
