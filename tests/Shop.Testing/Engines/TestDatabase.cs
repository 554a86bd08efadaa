using MySqlConnector;

namespace Shop.Testing.Engines;

/// <summary>An empty database on the shared server, with an application user who may do anything in it and nothing elsewhere.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(string name, int port)
    {
        Name = name;
        Port = port;
    }

    public string Name { get; }

    public int Port { get; }

    public string Endpoint => $"127.0.0.1:{Port}";

    public string User => Name;

    public string Password { get; } = Guid.CreateVersion7().ToString("N");

    public string ConnectionString => new MySqlConnectionStringBuilder
    {
        Server = "127.0.0.1",
        Port = (uint)Port,
        UserID = User,
        Password = Password,
        Database = Name,
        SslMode = MySqlSslMode.None,
        GuidFormat = MySqlGuidFormat.None,
    }.ConnectionString;

    public static async Task<TestDatabase> CreateAsync()
    {
        var server = await TestEngines.MariaDbAsync();
        // A version 7 id begins with the time; its end is random.
        var database = new TestDatabase($"test_{Guid.CreateVersion7().ToString("N")[^12..]}", server.Port);
        await server.ExecuteAsync(
            $"""
            CREATE DATABASE {database.Name};
            CREATE USER '{database.User}'@'%' IDENTIFIED BY '{database.Password}';
            GRANT ALL PRIVILEGES ON {database.Name}.* TO '{database.User}'@'%' WITH GRANT OPTION;
            """);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        var server = await TestEngines.MariaDbAsync();
        await MySqlConnection.ClearPoolAsync(new MySqlConnection(ConnectionString));
        await server.ExecuteAsync($"DROP DATABASE {Name}; DROP USER '{User}'@'%';");
    }
}
