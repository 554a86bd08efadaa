using MySqlConnector;
using Shop.Aws.Secrets;
using Shop.Lambda;

namespace Shop.Reconciliation.Databases;

/// <summary>Opens sessions on either side of a comparison.</summary>
internal sealed class DatabaseLogin(ISecrets secrets, MySqlSslMode sslMode, string? sslCa)
{
    /// <summary>A session that reads the database at one moment.</summary>
    public async Task<SnapshotSession> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(endpoint, cancellationToken);
        try
        {
            return await SnapshotSession.StartAsync(connection, endpoint, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<LoadGuard> GuardAsync(
        DatabaseEndpoint endpoint, LoadLimits limits, Action<string>? waiting, CancellationToken cancellationToken, DateTimeOffset? deadline = null) =>
        new(await ConnectAsync(endpoint, cancellationToken), limits, TimeProvider.System) { Waiting = waiting, Deadline = deadline ?? DateTimeOffset.MaxValue };

    public async Task<MySqlConnection> ConnectAsync(DatabaseEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return await ConnectAsync(endpoint, refresh: false, cancellationToken);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.AccessDenied)
        {
            // Rotated since it was remembered.
            return await ConnectAsync(endpoint, refresh: true, cancellationToken);
        }
    }

    private async Task<MySqlConnection> ConnectAsync(DatabaseEndpoint endpoint, bool refresh, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync(endpoint.SecretId, refresh, cancellationToken);
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = endpoint.Host,
            Port = (uint)endpoint.Port,
            Database = endpoint.Database,
            UserID = secret.Username,
            Password = secret.Password,
            SslMode = sslMode,
            SslCa = sslCa ?? "",
            Pooling = false,
            ConnectionTimeout = 15,
            DefaultCommandTimeout = 600,
            GuidFormat = MySqlGuidFormat.None,
            CharacterSet = "utf8mb4",
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch (Exception e)
        {
            await connection.DisposeAsync();
            if (e is MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost } unreachable)
            {
                throw new DependencyUnavailableException("mysql", $"{endpoint.Host}:{endpoint.Port} can't be reached: {(unreachable.InnerException ?? unreachable).Message}", unreachable);
            }

            throw;
        }
    }
}
