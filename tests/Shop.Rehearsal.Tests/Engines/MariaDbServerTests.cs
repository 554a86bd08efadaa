using MySqlConnector;
using Shop.Rehearsal.Engines;
using Shop.Testing.Engines;

namespace Shop.Rehearsal.Tests.Engines;

public sealed class MariaDbServerTests
{
    [Fact]
    public async Task Committed_rows_survive_a_kill_and_the_server_comes_back_fenced()
    {
        await using var server = await TestEngines.NewMariaDbAsync();
        await server.ExecuteAsync("SET GLOBAL read_only=0; CREATE DATABASE d; CREATE TABLE d.t (id INT PRIMARY KEY); INSERT INTO d.t VALUES (7);", Token);

        await server.KillAsync();
        Assert.False(server.IsRunning);
        await server.StartAsync(Token);

        Assert.Equal(7, await server.ScalarAsync<int>("SELECT id FROM d.t", Token));
        Assert.Equal(1, await server.ScalarAsync<int>("SELECT @@read_only", Token));
    }

    [Fact]
    public async Task A_stopped_server_starts_again_on_its_data()
    {
        await using var server = await TestEngines.NewMariaDbAsync(readOnly: false);
        await server.ExecuteAsync("CREATE DATABASE d", Token);

        await server.StopAsync();
        await server.StartAsync(Token);

        Assert.Equal(1, await server.ScalarAsync<int>("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name='d'", Token));
    }

    [Fact]
    public async Task Root_can_not_log_in_over_the_network()
    {
        await using var server = await TestEngines.NewMariaDbAsync();

        await using var connection = new MySqlConnection($"Server=127.0.0.1;Port={server.Port};User ID=root;SslMode=None;Pooling=false");
        var refused = await Assert.ThrowsAsync<MySqlException>(() => connection.OpenAsync(Token));

        Assert.Equal(MySqlErrorCode.HostNotPrivileged, refused.ErrorCode);
    }

    [Fact]
    public async Task An_application_user_can_not_write_to_a_fenced_server()
    {
        await using var server = await TestEngines.NewMariaDbAsync();
        await server.ExecuteAsync("CREATE DATABASE d; CREATE TABLE d.t (id INT); CREATE USER app@'%' IDENTIFIED BY 'x'; GRANT ALL ON d.* TO app@'%';", Token);

        await using var connection = new MySqlConnection($"Server=127.0.0.1;Port={server.Port};User ID=app;Password=x;Database=d;SslMode=None;Pooling=false");
        await connection.OpenAsync(Token);
        await using var insert = new MySqlCommand("INSERT INTO t VALUES (1)", connection);
        var refused = await Assert.ThrowsAsync<MySqlException>(() => insert.ExecuteNonQueryAsync(Token));

        Assert.Equal(1290, refused.Number);
    }

    [Fact]
    public async Task A_server_that_can_not_start_says_what_it_logged()
    {
        var folder = TestEngines.Host.Folder.FolderFor("not-a-database");
        await File.WriteAllTextAsync(Path.Combine(folder, "ibdata1"), "this is not a tablespace", Token);

        var options = new MariaDbOptions { Name = TestEngines.Name("broken"), DataDirectory = folder };
        var failure = await Assert.ThrowsAsync<EngineStartException>(() => MariaDbServer.StartAsync(TestEngines.Host, options, Token));

        Assert.Contains("ended with exit code", failure.Message, StringComparison.Ordinal);
        Assert.Contains("InnoDB", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsPortTaken);
    }

    [Fact]
    public async Task Servers_that_start_at_once_get_ports_and_data_of_their_own()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestEngines.NewMariaDbAsync(readOnly: false)));
        try
        {
            await servers[0].ExecuteAsync("CREATE DATABASE only_here", Token);
            Assert.Equal(3, servers.Select(server => server.Port).Distinct().Count());
            Assert.Equal(0, await servers[1].ScalarAsync<int>("SELECT COUNT(*) FROM information_schema.schemata WHERE schema_name='only_here'", Token));
        }
        finally
        {
            await Task.WhenAll(servers.Select(server => server.DeleteAsync()));
        }

        Assert.All(servers, server => Assert.False(Directory.Exists(server.DataDirectory)));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
