namespace Shop.Ui.Home;

/// <summary>The time at a Region. An image without time zone data shows standard time, an hour off in summer: the clocks are an ornament.</summary>
public sealed record WorldClock(string Region, string Place, DateTimeOffset Time, bool IsHere)
{
    private static readonly (string Region, string Place, string Zone, int Hours)[] Places =
    [
        ("us-east-1", "N. Virginia", "America/New_York", -5), ("us-west-2", "Oregon", "America/Los_Angeles", -8),
        ("us-east-2", "Ohio", "America/New_York", -5), ("us-west-1", "N. California", "America/Los_Angeles", -8),
        ("eu-west-1", "Ireland", "Europe/Dublin", 0), ("eu-central-1", "Frankfurt", "Europe/Berlin", 1),
        ("ap-northeast-1", "Tokyo", "Asia/Tokyo", 9), ("ap-southeast-2", "Sydney", "Australia/Sydney", 10),
    ];

    /// <summary>The clock of the Region that serves, and of another one, always in the same order.</summary>
    public static IReadOnlyList<WorldClock> Pair(string here, DateTimeOffset now)
    {
        var own = Places.FirstOrDefault(p => p.Region == here);
        var other = Places.First(p => p.Region != here);
        if (own.Region is null)
        {
            return [At(Places[0], now, here), At(Places[1], now, here)];
        }

        return [.. new[] { own, other }.OrderBy(p => p.Region, StringComparer.Ordinal).Select(p => At(p, now, here))];
    }

    private static WorldClock At((string Region, string Place, string Zone, int Hours) place, DateTimeOffset now, string here)
    {
        var offset = TimeZoneInfo.TryFindSystemTimeZoneById(place.Zone, out var zone) ? zone.GetUtcOffset(now) : TimeSpan.FromHours(place.Hours);
        return new WorldClock(place.Region, place.Place, now.ToOffset(offset), place.Region == here);
    }
}
