using MySqlConnector;

namespace Shop.Reconciliation.Databases;

/// <summary>A connection inside one consistent snapshot: whatever it reads is the database at one moment.</summary>
internal sealed class SnapshotSession : IAsyncDisposable
{
    // Both sides must turn the same values into the same text.
    private const string SessionSettings =
        "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'";

    private readonly MySqlConnection _connection;

    private SnapshotSession(MySqlConnection connection, DatabaseEndpoint endpoint, string version, string readAt)
    {
        _connection = connection;
        Endpoint = endpoint;
        Version = version;
        ReadAt = readAt;
    }

    public DatabaseEndpoint Endpoint { get; }

    public string Version { get; }

    /// <summary>The server's time when the snapshot was taken.</summary>
    public string ReadAt { get; }

    public static async Task<SnapshotSession> StartAsync(
        MySqlConnection connection, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, SessionSettings, cancellationToken);
        await ExecuteAsync(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
        await ExecuteAsync(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);
        await using var command = new MySqlCommand("SELECT VERSION(), CAST(UTC_TIMESTAMP(6) AS CHAR)", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(connection, endpoint, reader.GetString(0), reader.GetString(1));
    }

    /// <summary>Runs a query and hands each row to <paramref name="row"/> as it arrives.</summary>
    public async Task ReadAsync(SqlQuery query, Action<MySqlDataReader> row, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(query.Text, _connection);
        foreach (var (name, value) in query.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
