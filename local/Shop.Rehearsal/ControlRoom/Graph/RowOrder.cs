namespace Shop.Rehearsal.ControlRoom.Graph;

/// <summary>Orders the cells of each row so that few edges cross: by the mean place of their neighbours, up and down, keeping the best.</summary>
internal static class RowOrder
{
    private const int Sweeps = 24;

    public static void Arrange(IReadOnlyList<List<Cell>> rows)
    {
        var best = Snapshot(rows);
        var fewest = Crossings(rows);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (var i = 1; i < rows.Count; i++)
                {
                    Sort(rows[i], c => c.Up.Select(l => l.Upper), rows[i - 1]);
                }
            }
            else
            {
                for (var i = rows.Count - 2; i >= 0; i--)
                {
                    Sort(rows[i], c => c.Down.Select(l => l.Lower), rows[i + 1]);
                }
            }

            SwapNeighbours(rows);
            if (Crossings(rows) is var crossings && crossings < fewest)
            {
                (fewest, best) = (crossings, Snapshot(rows));
            }
        }

        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Clear();
            rows[i].AddRange(best[i]);
        }
    }

    private static void Sort(List<Cell> row, Func<Cell, IEnumerable<Cell>> neighbours, List<Cell> other)
    {
        var places = Places(other);
        // OrderBy is stable: equals keep their order, so that the same definition is always drawn the same way.
        var sorted = row.Select((cell, i) => (cell, Mean: neighbours(cell).Select(n => (double)places[n]).DefaultIfEmpty(i).Average()))
            .OrderBy(p => p.Mean).Select(p => p.cell).ToList();
        row.Clear();
        row.AddRange(sorted);
    }

    private static void SwapNeighbours(IReadOnlyList<List<Cell>> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var above = i > 0 ? Places(rows[i - 1]) : [];
            var below = i + 1 < rows.Count ? Places(rows[i + 1]) : [];
            for (var k = 0; k + 1 < rows[i].Count; k++)
            {
                var (left, right) = (rows[i][k], rows[i][k + 1]);
                if (Between(right, left, above, below) < Between(left, right, above, below))
                {
                    (rows[i][k], rows[i][k + 1]) = (right, left);
                }
            }
        }
    }

    private static int Between(Cell left, Cell right, Dictionary<Cell, int> above, Dictionary<Cell, int> below) =>
        left.Up.Sum(l => right.Up.Count(r => above[r.Upper] < above[l.Upper])) + left.Down.Sum(l => right.Down.Count(r => below[r.Lower] < below[l.Lower]));

    private static int Crossings(IReadOnlyList<List<Cell>> rows)
    {
        var count = 0;
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            var below = Places(rows[i + 1]);
            var ends = rows[i].SelectMany(c => c.Down.Select(l => below[l.Lower]).Order()).ToList();
            for (var a = 0; a < ends.Count; a++)
            {
                for (var b = a + 1; b < ends.Count; b++)
                {
                    count += ends[b] < ends[a] ? 1 : 0;
                }
            }
        }

        return count;
    }

    private static Dictionary<Cell, int> Places(List<Cell> row) => row.Select((cell, i) => (cell, i)).ToDictionary(p => p.cell, p => p.i);

    private static List<Cell>[] Snapshot(IReadOnlyList<List<Cell>> rows) => [.. rows.Select(r => r.ToList())];
}
