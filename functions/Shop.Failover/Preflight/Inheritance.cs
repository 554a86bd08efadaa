namespace Shop.Failover.Preflight;

/// <summary>What a dead run had begun, read from its lock, which this run took over.</summary>
/// <remarks>
/// Such a run may have promoted and have told nobody: its successor finds the writer here, and what was lost would be looked for by neither. The nested machines
/// write <c>confirmedAt</c> before they act, and <c>moving_&lt;database&gt;</c> before they promote.
/// </remarks>
internal sealed record Inheritance(string Holder, bool HasActed, IReadOnlyDictionary<string, string> Marks)
{
    public bool HasMoves => Marks.Count > 0;

    public bool MayLose => Marks.Values.Contains("failover");

    public static Inheritance Of(PreflightRequest request)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var database in request.Databases)
        {
            if (Facts.Attribute(request.Inherited, "moving_" + database) is { Length: > 0 } mode)
            {
                marks[database] = mode;
            }
        }

        return new(Facts.Attribute(request.Inherited, "executionArn") ?? "", Facts.Attribute(request.Inherited, "confirmedAt") is not null, marks);
    }

    public void Add(List<PreflightCheck> checks)
    {
        if (HasActed)
        {
            checks.Add(new("inherited", "warning", HasMoves
                ? $"{Holder} ended without saying so and had begun to move {string.Join(" and ", Marks.Keys)}: this run finishes it."
                : $"{Holder} ended without saying so and may have changed the routing controls."));
        }
    }

    /// <summary><paramref name="isWritten"/>: here, when this run began to look. <paramref name="isUnseen"/>: no run is known to have brought it here.</summary>
    public DatabaseMove MoveOf(string database, bool isWritten, bool isUnseen, string mode)
    {
        var mark = Marks.GetValueOrDefault(database, "");
        // What allowed loss once stays so: a planned move that finishes a failover has its losses to look for.
        var moves = mark == "failover" || (isWritten && !isUnseen) ? mark : mode;
        return new(database, moves.Length > 0, moves, mark.Length > 0);
    }
}
