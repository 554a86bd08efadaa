using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Rehearsal.Hosting;

namespace Shop.Benchmarks.Harness;

/// <summary>One figure of ours beside the same figure of others, taken in the same run.</summary>
internal sealed record Measurement(string Name, string Unit, Samples Ours, IReadOnlyList<(string Name, Samples Samples)> Baselines)
{
    /// <summary>First baseline over ours: above 1 where less is better, ours is that many times less.</summary>
    public double? Ratio => Baselines is [var first, ..] && Ours.Median > 0 ? first.Samples.Median / Ours.Median : null;
}

/// <summary>Prints the figures as they come and keeps them in <c>artifacts/bench/latest/bench.json</c>.</summary>
internal sealed class BenchFile(Workspace workspace)
{
    private readonly List<Measurement> _measurements = [];

    public static void Print(string line) => Console.WriteLine($"bench: {line}");

    public void Add(IEnumerable<Measurement> measurements)
    {
        foreach (var m in measurements)
        {
            _measurements.Add(m);
            var others = string.Concat(m.Baselines.Select(b => $"  | {b.Name} {Format(b.Samples.Median)}"));
            var ratio = m.Ratio is { } r ? $"  | x{r:0.0}" : "";
            var p99 = m.Ours.Count >= 20 ? $" (p99 {Format(m.Ours.P99)})" : "";
            Console.WriteLine($"  {m.Name,-44} {Format(m.Ours.Median),9} {m.Unit}{p99}{others}{ratio}  n={m.Ours.Count}");
        }
    }

    public void Write()
    {
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Artifacts, "bench", "latest")).FullName;
        var file = Path.Combine(folder, "bench.json");
        var machine = Machine.Describe();
        var json = new JsonArray([.. _measurements.Select(m => new JsonObject
        {
            ["name"] = m.Name,
            ["unit"] = m.Unit,
            ["ours"] = m.Ours.Count >= 20
                ? new JsonObject { ["median"] = Round(m.Ours.Median), ["p99"] = Round(m.Ours.P99), ["n"] = m.Ours.Count }
                : new JsonObject { ["median"] = Round(m.Ours.Median), ["n"] = m.Ours.Count },
            ["baselines"] = new JsonArray([.. m.Baselines.Select(b =>
                new JsonObject { ["name"] = b.Name, ["median"] = Round(b.Samples.Median), ["n"] = b.Samples.Count })]),
            ["ratio"] = m.Ratio is { } r ? Round(r) : null,
            ["machine"] = machine,
        })]);
        File.WriteAllText(file, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        Console.WriteLine($"\nFigures: {file}");
    }

    private static double Round(double value) => Math.Round(value, 3);

    private static string Format(double value) => value >= 1000 ? $"{value:0}" : value >= 100 ? $"{value:0.0}" : $"{value:0.00}";
}
