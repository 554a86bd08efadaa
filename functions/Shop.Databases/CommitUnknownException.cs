namespace Shop.Databases;

/// <summary>COMMIT was sent and not answered: the transaction is either kept or gone, only reading back tells.</summary>
public sealed class CommitUnknownException(string database, Exception inner)
    : Exception($"The outcome of a commit on {database} is unknown.", inner);
