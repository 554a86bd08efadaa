namespace Shop.Migrator;

/// <param name="Database">The database that was migrated.</param>
/// <param name="Applied">The versions that this run has applied; empty when there was nothing to do.</param>
/// <param name="Version">The version that the database has now.</param>
public sealed record MigrateResult(string Database, IReadOnlyList<int> Applied, int Version);
