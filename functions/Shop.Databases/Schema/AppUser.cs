using MySqlConnector;
using Shop.Aws.Secrets;

namespace Shop.Databases.Schema;

/// <summary>The login that a service uses: exactly the statements that it runs, and nothing that could lift a fence.</summary>
internal static class AppUser
{
    public static async Task GrantAsync(MySqlConnection connection, string database, Secret secret, CancellationToken cancellationToken)
    {
        var user = $"'{MySqlHelper.EscapeString(secret.Username)}'@'%'";
        var password = $"'{MySqlHelper.EscapeString(secret.Password)}'";
        await connection.RunAsync($"CREATE USER IF NOT EXISTS {user} IDENTIFIED BY {password}", cancellationToken);
        await connection.RunAsync($"ALTER USER {user} IDENTIFIED BY {password}", cancellationToken);
        foreach (var (rights, on) in RightsOn(database))
        {
            await connection.RunAsync($"GRANT {rights} ON `{database}`.{on} TO {user}", cancellationToken);
        }
    }

    private static (string Rights, string On)[] RightsOn(string database) => database switch
    {
        "catalog" => [("SELECT", "*")],
        "orders" =>
        [
            // MySQL wants a right beyond SELECT for a locking read of region_epoch.
            ("SELECT, LOCK TABLES", "*"),
            ("INSERT, UPDATE", "customer_order"),
            ("INSERT", "customer_order_item"),
            ("INSERT, UPDATE", "outbox"),
        ],
        _ => throw new ArgumentException($"There is no app user for database '{database}'; expected catalog or orders.", nameof(database)),
    };
}
