namespace Shop.Failover.Preflight;

/// <summary>Databases that are written here although no run brought them: a person, or Aurora by a person's word, moved them, and nobody looks for what that lost.</summary>
internal static class UnseenMove
{
    /// <summary>Answers which. Without a record of any move, the other database tells: a store is written in one Region.</summary>
    public static IReadOnlyList<string> Add(PreflightRequest request, IReadOnlyList<bool> isWritten, List<PreflightCheck> checks)
    {
        var lastMove = Facts.Attribute(request.Facts.LastMove, "region");
        var isRecorded = lastMove is null ? isWritten.All(w => w) : lastMove == request.Region;
        if (isRecorded || request.Mode != "failover")
        {
            return [];
        }

        List<string> unseen = [.. request.Databases.Where((_, i) => isWritten[i])];
        checks.AddRange(unseen.Select(d => new PreflightCheck($"unseen.{d}", "warning", $"No run is known to have moved {d} here. What its move may have lost is looked for.")));
        return unseen;
    }
}
