using System.Globalization;
using MySqlConnector;

namespace Shop.Reconciliation.Databases;

/// <summary>A connection inside one consistent snapshot: whatever it reads is the database at one moment.</summary>
internal sealed class SnapshotSession : IAsyncDisposable
{
    // Both sides must turn the same values into the same text.
    private const string SessionSettings =
        "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'";

    private readonly MySqlConnection _connection;
    private readonly Dictionary<string, MySqlCommand> _prepared = new(StringComparer.Ordinal);

    private SnapshotSession(MySqlConnection connection, DatabaseEndpoint endpoint, string version, string readAt, string? position)
    {
        _connection = connection;
        Endpoint = endpoint;
        Version = version;
        ReadAt = readAt;
        Position = position;
    }

    public DatabaseEndpoint Endpoint { get; }

    public string Version { get; }

    /// <summary>The server's time when the snapshot was taken.</summary>
    public string ReadAt { get; }

    /// <summary>Where the server's binary log was, if it keeps one and lets us see it.</summary>
    public string? Position { get; }

    public static async Task<SnapshotSession> StartAsync(
        MySqlConnection connection, DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, SessionSettings, cancellationToken);
        await ExecuteAsync(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
        await ExecuteAsync(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);
        string version, readAt;
        await using (var command = new MySqlCommand("SELECT VERSION(), CAST(UTC_TIMESTAMP(6) AS CHAR)", connection))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            (version, readAt) = (reader.GetString(0), reader.GetString(1));
        }

        return new(connection, endpoint, version, readAt, await PositionAsync(connection, cancellationToken));
    }

    /// <summary>Runs a query and hands each row to <paramref name="row"/> as it arrives.</summary>
    public async Task ReadAsync(SqlQuery query, Action<MySqlDataReader> row, CancellationToken cancellationToken)
    {
        await using var command = Command(query);
        await ReadAsync(command, row, cancellationToken);
    }

    /// <summary>The same for a query that comes again and again with other values: the server parses its text once.</summary>
    public async Task ReadPreparedAsync(SqlQuery query, Action<MySqlDataReader> row, CancellationToken cancellationToken)
    {
        if (!_prepared.TryGetValue(query.Text, out var command))
        {
            _prepared[query.Text] = command = Command(query);
            await command.PrepareAsync(cancellationToken);
        }

        for (var i = 0; i < query.Parameters.Count; i++)
        {
            command.Parameters[i].Value = query.Parameters[i].Value;
        }

        await ReadAsync(command, row, cancellationToken);
    }

    /// <summary>What this connection has moved so far, both ways.</summary>
    public async Task<long> BytesAsync(CancellationToken cancellationToken)
    {
        long bytes = 0;
        var query = new SqlQuery { Text = "SHOW SESSION STATUS WHERE variable_name IN ('Bytes_sent', 'Bytes_received')" };
        await ReadAsync(query, r => bytes += long.Parse(r.GetString(1), CultureInfo.InvariantCulture), cancellationToken);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
        {
            await command.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private MySqlCommand Command(SqlQuery query)
    {
        var command = new MySqlCommand(query.Text, _connection);
        foreach (var (name, value) in query.Parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private static async Task ReadAsync(MySqlCommand command, Action<MySqlDataReader> row, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            row(reader);
        }
    }

    /// <summary>MariaDB and MySQL name it differently, and either may be off or not allowed: then the evidence does without.</summary>
    private static async Task<string?> PositionAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var variable in (string[])["@@gtid_current_pos", "@@gtid_executed"])
        {
            try
            {
                await using var command = new MySqlCommand($"SELECT {variable}", connection);
                return await command.ExecuteScalarAsync(cancellationToken) is string { Length: > 0 } position ? position : null;
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.UnknownSystemVariable)
            {
            }
        }

        return null;
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
