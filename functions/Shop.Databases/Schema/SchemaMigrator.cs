using System.Globalization;
using MySqlConnector;
using Shop.Lambda;

namespace Shop.Databases.Schema;

/// <summary>Brings a database to the newest version of its schema, one caller at a time.</summary>
/// <remarks>DDL commits by itself, so each script is written to be run again after it stopped half-way.</remarks>
public sealed class SchemaMigrator(IReadOnlyList<Migration> migrations)
{
    private const string CreateVersions =
        """
        CREATE TABLE IF NOT EXISTS schema_version (
          version    INT          NOT NULL,
          name       VARCHAR(100) NOT NULL,
          checksum   CHAR(64)     NOT NULL,
          applied_on DATETIME(6)  NOT NULL,
          PRIMARY KEY (version)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
        """;

    /// <summary>Returns the versions that this call has applied.</summary>
    public async Task<IReadOnlyList<int>> ApplyAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.RunAsync(CreateVersions, cancellationToken);
        var known = await ReadVersionsAsync(connection, cancellationToken);
        var applied = new List<int>();
        foreach (var migration in migrations)
        {
            if (!known.TryGetValue(migration.Version, out var checksum))
            {
                await ApplyAsync(connection, migration, cancellationToken);
                applied.Add(migration.Version);
            }
            else if (checksum != migration.Checksum)
            {
                throw new ShopException("Shop.SchemaChanged", $"Migration {migration.Version} ({migration.Name}) was changed after it had been applied.");
            }
        }

        return applied;
    }

    private static async Task ApplyAsync(MySqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await connection.RunAsync(migration.Sql, cancellationToken);
        await connection.RunAsync(
            "INSERT INTO schema_version (version, name, checksum, applied_on) VALUES (@version, @name, @checksum, UTC_TIMESTAMP(6))",
            cancellationToken,
            new("@version", migration.Version),
            new("@name", migration.Name),
            new("@checksum", migration.Checksum));
    }

    private static async Task<Dictionary<int, string>> ReadVersionsAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand("SELECT version, checksum FROM schema_version", connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var versions = new Dictionary<int, string>();
        while (await row.ReadAsync(cancellationToken))
        {
            versions.Add(Convert.ToInt32(row.GetValue(0), CultureInfo.InvariantCulture), row.GetString(1));
        }

        return versions;
    }
}
