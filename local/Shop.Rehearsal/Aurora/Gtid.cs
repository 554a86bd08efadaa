using System.Globalization;

namespace Shop.Rehearsal.Aurora;

/// <summary>Positions such as <c>1-101-2044</c>: domain, server, sequence number.</summary>
internal static class Gtid
{
    /// <summary>The sequence number that a position has reached in a domain; 0 when it has nothing of it.</summary>
    public static long Sequence(string? position, uint domain)
    {
        foreach (var gtid in (position ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = gtid.Split('-');
            if (parts.Length == 3 && uint.Parse(parts[0], CultureInfo.InvariantCulture) == domain)
            {
                return long.Parse(parts[2], CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}
