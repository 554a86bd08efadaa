using MySqlConnector;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>A <c>mariadbd</c> on 127.0.0.1, administered as root through its unix socket.</summary>
public sealed class MariaDbServer : Engine
{
    public const string BinlogName = MariaDbConfig.Binlog;
    private readonly MariaDbOptions _options;
    private readonly MariaDbTemplate _template;
    private MySqlDataSource? _root;

    private MariaDbServer(EngineHost host, MariaDbOptions options)
        : base(host, options.Name, options.DataDirectory)
    {
        _options = options;
        _template = new MariaDbTemplate(host);
        Socket = host.Folder.SocketFor(options.Name);
    }

    public string Socket { get; }

    public uint ServerId => _options.ServerId;

    /// <summary>The path and beginning of the names of its binary logs, <c>….000001</c> and so on.</summary>
    public string BinlogBase => Path.Combine(DataDirectory, BinlogName);

    public static async Task<MariaDbServer> StartAsync(EngineHost host, MariaDbOptions options, CancellationToken cancellationToken = default)
    {
        var server = new MariaDbServer(host, options);
        try
        {
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using var command = Root.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<T?> ScalarAsync<T>(string sql, CancellationToken cancellationToken = default)
    {
        await using var command = Root.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken) switch
        {
            null or DBNull => default,
            T value => value,
            var other => (T)Convert.ChangeType(other, typeof(T), System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The first row by column name, empty when there is none.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> RowAsync(string sql, CancellationToken cancellationToken = default)
    {
        await using var command = Root.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (await reader.ReadAsync(cancellationToken))
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                row[reader.GetName(column)] = reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return row;
    }

    protected override async Task<ChildCommand> PrepareAsync(int port, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(DataDirectory))
        {
            await _template.CopyToAsync(DataDirectory, cancellationToken);
        }

        var config = Path.Combine(Host.Folder.FolderFor("config"), $"{Name}.cnf");
        // Of its own: a server that starts deletes what others have of temporary tables in the same folder.
        var temporary = Host.Folder.FolderFor($"tmp-{Name}");
        PrivateFiles.Write(config, MariaDbConfig.For(_options, DataDirectory, temporary, Socket, port, Host.Tls));
        return new ChildCommand
        {
            Name = Name,
            File = Programs.Find("mariadbd"),
            Arguments = [$"--defaults-file={config}"],
            LogFile = Host.Folder.LogFor(Name),
            DataDirectory = DataDirectory,
        };
    }

    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken) =>
        File.Exists(Socket) && await ScalarAsync<long>("SELECT 1", cancellationToken) == 1;

    protected override Task OnStoppingAsync() => ReleaseAsync();

    protected override async Task ReleaseAsync()
    {
        if (_root is { } root)
        {
            _root = null;
            await root.DisposeAsync();
        }
    }

    private MySqlDataSource Root => _root ??= new MySqlDataSource(new MySqlConnectionStringBuilder
    {
        Server = Socket,
        ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
        UserID = "root",
        SslMode = MySqlSslMode.None,
        ConnectionTimeout = 3,
        DefaultCommandTimeout = 60,
        GuidFormat = MySqlGuidFormat.None,
        AllowUserVariables = true,
    }.ConnectionString);
}
