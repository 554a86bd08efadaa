namespace Shop.Simulation.Judging;

/// <summary>What was reached, of the points of a <see cref="CoverageMap"/>.</summary>
internal sealed class Coverage(CoverageMap map)
{
    private readonly bool[] _reached = new bool[map.Points.Count];

    public CoverageMap Map { get; } = map;

    public void Reach(int point) => _reached[point] = true;

    public bool IsReached(int point) => _reached[point];

    public void Merge(Coverage other)
    {
        for (var i = 0; i < _reached.Length; i++)
        {
            _reached[i] |= other._reached[i];
        }
    }

    public IEnumerable<CoveragePoint> Missing() => Map.Points.Where((_, i) => !_reached[i]);
}
