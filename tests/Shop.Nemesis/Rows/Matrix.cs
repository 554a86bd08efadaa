namespace Shop.Nemesis.Rows;

/// <summary>All rows, in the order of the matrix.</summary>
internal static class Matrix
{
    public static readonly IReadOnlyList<Row> All = [.. DatabaseRows.All, .. RegionRows.All, .. PartRows.All, .. ClientRows.All];

    /// <exception cref="ArgumentException">Names what is no row.</exception>
    public static IReadOnlyList<Row> Select(string? ids)
    {
        if (string.IsNullOrWhiteSpace(ids))
        {
            return All;
        }

        if (ids == "smoke")
        {
            return [.. All.Where(r => r.IsSmoke)];
        }

        var wanted = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(i => i.ToUpperInvariant()).ToList();
        var unknown = wanted.Where(w => !All.Any(r => Matches(r, w))).ToList();
        return unknown.Count > 0
            ? throw new ArgumentException($"There is no row {string.Join(", ", unknown)}; there are A1 to A23, B1 to B20, C1 to C21, D1 to D9, the letters alone, and 'smoke'.")
            : [.. All.Where(r => wanted.Any(w => Matches(r, w)))];
    }

    private static bool Matches(Row row, string wanted) => row.Id == wanted || (wanted.Length == 1 && row.Id[0] == wanted[0]);
}
