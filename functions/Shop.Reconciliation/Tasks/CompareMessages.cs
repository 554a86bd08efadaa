using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

/// <param name="RunId">The run.</param>
/// <param name="Database">Its database.</param>
/// <param name="Group">Which group of the plan.</param>
/// <param name="Source">The copy of the old primary.</param>
/// <param name="Target">The new primary.</param>
/// <param name="Phase"><c>versions</c>: keys and versions alone. <c>content</c>, the default: everything.</param>
public sealed record CompareInput(
    string RunId, string Database, int Group, DatabaseEndpoint Source, DatabaseEndpoint Target, string Phase = CompareInput.Content)
{
    public const string Versions = "versions";
    public const string Content = "content";
}

public sealed record CompareOutput(int Group, int Missing, int Changed, int Resurrected, int Extra);
