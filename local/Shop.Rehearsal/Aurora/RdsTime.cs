using System.Globalization;

namespace Shop.Rehearsal.Aurora;

internal static class RdsTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
