namespace Shop.Migrator;

/// <param name="Database"><c>catalog</c> or <c>orders</c>.</param>
/// <param name="Region">The Region that holds the writer: the first epoch is its. This function's own when absent.</param>
public sealed record MigrateRequest(string Database, string? Region = null);
