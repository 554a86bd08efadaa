using MySqlConnector;

namespace Shop.Databases.Schema;

internal static class SchemaCommands
{
    public static async Task RunAsync(
        this MySqlConnection connection, string sql, CancellationToken cancellationToken, params MySqlParameter[] parameters)
    {
        await using var command = new MySqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
