using System.Globalization;
using MySqlConnector;
using Shop.Lambda;

namespace Shop.Databases.Schema;

/// <summary>A named lock of the server, so that two migrations of one database follow each other.</summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    private const int WaitSeconds = 8;
    private readonly MySqlConnection _connection;
    private readonly string _name;

    private MigrationLock(MySqlConnection connection, string name) => (_connection, _name) = (connection, name);

    public static async Task<MigrationLock> TakeAsync(MySqlConnection connection, string database, CancellationToken cancellationToken)
    {
        var name = $"shop-migrate-{database}";
        await using var command = new MySqlCommand("SELECT GET_LOCK(@name, @seconds)", connection);
        command.Parameters.AddWithValue("@name", name);
        command.Parameters.AddWithValue("@seconds", WaitSeconds);
        var taken = await command.ExecuteScalarAsync(cancellationToken);
        return taken is not (null or DBNull) && Convert.ToInt32(taken, CultureInfo.InvariantCulture) == 1
            ? new MigrationLock(connection, name)
            : throw new ShopException("Shop.MigrationBusy", $"Another migration of {database} has been running for more than {WaitSeconds} seconds.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection.State == System.Data.ConnectionState.Open)
        {
            await _connection.RunAsync("DO RELEASE_LOCK(@name)", CancellationToken.None, new MySqlParameter("@name", _name));
        }
    }
}
