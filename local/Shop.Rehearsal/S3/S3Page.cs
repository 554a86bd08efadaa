namespace Shop.Rehearsal.S3;

/// <summary>One page of a listing: objects, and the common prefixes that stand for the rest of them.</summary>
internal sealed record S3Page(IReadOnlyList<(string Key, FileInfo File)> Objects, IReadOnlyList<string> CommonPrefixes, string? Next)
{
    public static S3Page Take(IEnumerable<(string Key, FileInfo File)> all, string prefix, string delimiter, string after, int max)
    {
        var objects = new List<(string, FileInfo)>();
        var prefixes = new SortedSet<string>(StringComparer.Ordinal);
        string? last = null;
        foreach (var (key, file) in all)
        {
            var common = key.StartsWith(prefix, StringComparison.Ordinal) ? Common(key, prefix, delimiter) : null;
            if (!key.StartsWith(prefix, StringComparison.Ordinal)
                || string.CompareOrdinal(key, after) <= 0
                || (common is not null && (prefixes.Contains(common) || after.StartsWith(common, StringComparison.Ordinal))))
            {
                continue;
            }

            if (objects.Count + prefixes.Count == max)
            {
                return new(objects, [.. prefixes], last);
            }

            if (common is null)
            {
                objects.Add((key, file));
            }
            else
            {
                prefixes.Add(common);
            }

            last = key;
        }

        return new(objects, [.. prefixes], null);
    }

    private static string? Common(string key, string prefix, string delimiter) =>
        delimiter.Length > 0 && key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var at
            ? key[..(at + delimiter.Length)]
            : null;
}
