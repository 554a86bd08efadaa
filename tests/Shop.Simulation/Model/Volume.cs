namespace Shop.Simulation.Model;

/// <summary>What one copy of a database holds: the orders it has acknowledged or received, in their order.</summary>
internal sealed class Volume
{
    private readonly List<(int Id, long At)> _rows;

    public Volume() => _rows = [];

    private Volume(List<(int Id, long At)> rows) => _rows = rows;

    public int Count => _rows.Count;

    public void Add(int id, DateTimeOffset at) => _rows.Add((id, at.Ticks));

    /// <summary>What of it had been committed by then.</summary>
    public Volume Until(DateTimeOffset moment)
    {
        var count = _rows.Count;
        while (count > 0 && _rows[count - 1].At > moment.Ticks)
        {
            count--;
        }

        return new Volume(_rows.GetRange(0, count));
    }

    public Volume Copy() => new([.. _rows]);

    public int MissingIn(Volume other)
    {
        var there = other._rows.Select(r => r.Id).ToHashSet();
        return _rows.Count(r => !there.Contains(r.Id));
    }
}
