using MySqlConnector;
using Shop.Aws.Secrets;

namespace Shop.Databases.Schema;

/// <summary>Makes a database ready for its service: schema, seed data, login and, for orders, the first epoch. Changes nothing the second time.</summary>
/// <param name="admin">A database without a default name: the first thing done is to create it.</param>
public sealed class DatabaseSetup(MySqlDatabase admin)
{
    public Task<IReadOnlyList<int>> RunAsync(string database, string region, Secret appUser, CancellationToken cancellationToken)
    {
        var migrator = new SchemaMigrator(Migration.For(database));
        return admin.WriteAsync(
            async (connection, token) =>
            {
                await using var held = await MigrationLock.TakeAsync(connection, database, token);
                await connection.RunAsync(
                    $"CREATE DATABASE IF NOT EXISTS `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci", token);
                await connection.ChangeDatabaseAsync(database, token);
                var applied = await migrator.ApplyAsync(connection, token);
                if (database == "orders")
                {
                    await OpenFirstEpochAsync(connection, region, token);
                }

                await AppUser.GrantAsync(connection, database, appUser, token);
                return applied;
            },
            cancellationToken);
    }

    /// <summary>Makes a login, or gives it another password, with the rights of the database's service.</summary>
    public Task GrantAsync(string database, Secret appUser, CancellationToken cancellationToken) => admin.WriteAsync(
        async (connection, token) =>
        {
            await AppUser.GrantAsync(connection, database, appUser, token);
            return true;
        },
        cancellationToken);

    private static Task OpenFirstEpochAsync(MySqlConnection connection, string region, CancellationToken cancellationToken) =>
        connection.RunAsync(
            """
            INSERT INTO region_epoch (epoch, writer_region, since)
            SELECT 1, @region, UTC_TIMESTAMP(6) FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM region_epoch)
            """,
            cancellationToken,
            new MySqlParameter("@region", region));
}
