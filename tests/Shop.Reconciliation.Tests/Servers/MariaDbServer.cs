using System.Diagnostics;
using MySqlConnector;
using Shop.Rehearsal.Supervision;

namespace Shop.Reconciliation.Tests.Servers;

/// <summary>A real MariaDB server of a test's own, gone with the test process.</summary>
public sealed class MariaDbServer : IAsyncDisposable
{
    public const string User = "reconcile";
    public const string Password = "only-for-tests";
    private readonly PortLease _port;
    private readonly string _folder;
    private ChildProcess? _process;

    private MariaDbServer(PortLease port, string folder)
    {
        _port = port;
        _folder = folder;
    }

    public int Port => _port.Port;

    public static async Task<MariaDbServer> StartAsync()
    {
        var folder = PrivateFiles.CreateDirectory(Path.Combine(Path.GetTempPath(), $"shop-reconcile-{Guid.CreateVersion7():N}"));
        var server = new MariaDbServer(PortAllocator.Shared.Lease(), folder);
        await server.InstallAsync();
        await server.StartProcessAsync();
        return server;
    }

    public async Task<MySqlConnection> ConnectAsync(string database = "")
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)Port, UserID = User, Password = Password, Database = database,
            SslMode = MySqlSslMode.None, Pooling = false, GuidFormat = MySqlGuidFormat.None, ConnectionTimeout = 15, DefaultCommandTimeout = 120,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql, string database = "")
    {
        await using var connection = await ConnectAsync(database);
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
        }

        _port.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private async Task InstallAsync()
    {
        var sql = Path.Combine(_folder, "init.sql");
        PrivateFiles.Write(sql, $"CREATE USER '{User}'@'%' IDENTIFIED BY '{Password}';\nGRANT ALL ON *.* TO '{User}'@'%' WITH GRANT OPTION;\n");
        using var install = Process.Start(new ProcessStartInfo("mariadb-install-db")
        {
            ArgumentList =
            {
                "--no-defaults", $"--datadir={Data}", $"--user={Environment.UserName}", "--skip-test-db", "--skip-name-resolve",
                "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M",
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = install.StandardOutput.ReadToEndAsync();
        var errors = install.StandardError.ReadToEndAsync();
        await install.WaitForExitAsync();
        Assert.True(install.ExitCode == 0, await output + await errors);
    }

    private async Task StartProcessAsync()
    {
        _process = await new GuardedLauncher().StartAsync(new ChildCommand
        {
            Name = "mariadbd",
            File = "mariadbd",
            LogFile = Path.Combine(_folder, "mariadbd.log"),
            Arguments =
            [
                "--no-defaults", $"--user={Environment.UserName}", $"--datadir={Data}", $"--port={Port}", "--bind-address=127.0.0.1",
                $"--socket={Path.Combine(_folder, "s")}", $"--pid-file={Path.Combine(_folder, "pid")}", "--skip-name-resolve",
                "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=0", "--innodb-use-native-aio=0",
                "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_520_ci", $"--init-file={Path.Combine(_folder, "init.sql")}",
            ],
        });
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("DO 1");
                return;
            }
            catch (MySqlException) when (_process.IsRunning && deadline.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(20);
            }
            catch (MySqlException e)
            {
                throw new InvalidOperationException($"mariadbd does not answer: {_process.LogTail()}", e);
            }
        }
    }
}
