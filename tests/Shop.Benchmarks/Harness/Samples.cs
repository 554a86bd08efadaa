namespace Shop.Benchmarks.Harness;

/// <summary>Figures of one variant, in the order in which they were taken.</summary>
internal sealed class Samples
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public IReadOnlyList<double> All => _values;

    public double Median => Percentile(50);

    public double P99 => Percentile(99);

    public double Minimum => _values.Min();

    public void Add(double value) => _values.Add(value);

    public void AddAll(IEnumerable<double> values) => _values.AddRange(values);

    /// <summary>Nearest rank.</summary>
    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToArray();
        return sorted.Length == 0 ? throw new BenchException("Nothing was measured.")
            : sorted[(int)Math.Clamp(Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
