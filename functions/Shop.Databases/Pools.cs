using MySqlConnector;
using Shop.Aws.Secrets;

namespace Shop.Databases;

/// <summary>The connection pools of one login: a function serves one request at a time, so they are small.</summary>
internal sealed class Pools(DatabaseOptions options, Secret secret) : IAsyncDisposable
{
    private const uint MaximumSize = 4;
    private const uint ConnectSeconds = 3;
    private const uint CommandSeconds = 5;
    private const uint PatientCommandSeconds = 60;
    private const int CancellationSeconds = 1;
    private const uint KeepaliveSeconds = 30;

    private const string SessionSettings =
        """
        SET time_zone = '+00:00',
            sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
        """;

    public Pool Writer { get; } = new(Build(options, options.Writer, secret));

    public Pool Reader { get; } = new(Build(options, options.Reader, secret));

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Reader.DisposeAsync();
    }

    private static MySqlDataSourceBuilder Build(DatabaseOptions options, DatabaseEndpoint endpoint, Secret secret)
    {
        var settings = new MySqlConnectionStringBuilder
        {
            Server = endpoint.Host,
            Port = endpoint.Port,
            Database = options.Name,
            UserID = secret.Username,
            Password = secret.Password,
            SslMode = options.SslMode,
            MaximumPoolSize = MaximumSize,
            ConnectionTimeout = ConnectSeconds,
            DefaultCommandTimeout = options.OperationLimit is null ? PatientCommandSeconds : CommandSeconds,
            // After a time-out the socket is given up, unless the server stops the statement within this time.
            CancellationTimeout = CancellationSeconds,
            Keepalive = KeepaliveSeconds,
            // A reset would cost a round trip per request and undo the session settings; Pool pings after a pause instead.
            ConnectionReset = false,
            // Otherwise CHAR(36) columns come back as Guid.
            GuidFormat = MySqlGuidFormat.None,
            DateTimeKind = MySqlDateTimeKind.Utc,
            UseAffectedRows = false,
            AllowPublicKeyRetrieval = false,
            // Migrations have variables in their scripts.
            AllowUserVariables = options.OperationLimit is null,
        };
        if (!string.IsNullOrEmpty(options.SslCa))
        {
            settings.SslCa = options.SslCa;
        }

        return new MySqlDataSourceBuilder(settings.ConnectionString).UseConnectionOpenedCallback(PrepareSessionAsync);
    }

    private static async ValueTask PrepareSessionAsync(MySqlConnectionOpenedContext context, CancellationToken cancellationToken)
    {
        if (context.Conditions.HasFlag(MySqlConnectionOpenedConditions.New))
        {
            await using var command = new MySqlCommand(SessionSettings, context.Connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
