namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>
/// Places the cells of ordered rows: each as near as possible to its neighbours above and below, none nearer to the next than it may be. Per row that
/// is a least-squares problem with an order, which pooling neighbours that would overlap solves exactly.
/// </summary>
internal static class RowSpacing
{
    private const int Sweeps = 40;

    public static void Place(IReadOnlyList<List<Cell>> rows)
    {
        foreach (var row in rows)
        {
            var x = 0.0;
            for (var i = 0; i < row.Count; i++)
            {
                x += i == 0 ? 0 : Distance(row[i - 1], row[i]);
                row[i].X = x;
            }

            row.ForEach(c => c.X -= x / 2);
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                Settle(rows[sweep % 2 == 0 ? i : rows.Count - 1 - i]);
            }
        }
    }

    private static double Distance(Cell left, Cell right) =>
        ((left.Width + right.Width) / 2) + (left.Node is null && right.Node is null ? 10 : left.Node is null || right.Node is null ? 14 : 22);

    private static void Settle(List<Cell> row)
    {
        // Offsets turn "at least so far apart" into "not less than the one before".
        var groups = new List<(double Sum, double Weight, int Count)>();
        var offsets = new double[row.Count];
        for (var i = 0; i < row.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + Distance(row[i - 1], row[i]);
            var (wanted, weight) = Wanted(row[i]);
            groups.Add(((wanted - offsets[i]) * weight, weight, 1));
            while (groups.Count > 1 && groups[^2].Sum / groups[^2].Weight > groups[^1].Sum / groups[^1].Weight)
            {
                var (last, before) = (groups[^1], groups[^2]);
                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add((last.Sum + before.Sum, last.Weight + before.Weight, last.Count + before.Count));
            }
        }

        var next = 0;
        foreach (var (sum, weight, count) in groups)
        {
            for (var i = 0; i < count; i++, next++)
            {
                row[next].X = (sum / weight) + offsets[next];
            }
        }
    }

    private static (double X, double Weight) Wanted(Cell cell)
    {
        double sum = 0, weight = 0;
        foreach (var link in cell.Up)
        {
            sum += link.Pull * (link.Upper.X + link.UpperPort - link.LowerPort);
            weight += link.Pull;
        }

        foreach (var link in cell.Down)
        {
            sum += link.Pull * (link.Lower.X + link.LowerPort - link.UpperPort);
            weight += link.Pull;
        }

        return weight == 0 ? (cell.X, 0.01) : (sum / weight, weight);
    }
}
