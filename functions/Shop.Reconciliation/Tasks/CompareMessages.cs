using Shop.Reconciliation.Databases;

namespace Shop.Reconciliation.Tasks;

public sealed record CompareInput(string RunId, string Database, int Group, DatabaseEndpoint Source, DatabaseEndpoint Target);

public sealed record CompareOutput(int Group, int Missing, int Changed, int Resurrected, int Extra);
