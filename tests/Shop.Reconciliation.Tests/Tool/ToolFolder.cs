using System.Diagnostics;
using System.Globalization;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Tool;

/// <summary>A configuration, two filled databases and the folders of runs.</summary>
internal sealed class ToolFolder : IDisposable
{
    private const string Config = """
        { "schemaVersion": 1, "name": "thing", "noun": "thing", "itemNoun": "part", "rangeRows": 20,
          "root": { "table": "thing", "key": ["id"], "createdAt": "created_at", "updatedAt": "updated_at", "masked": ["owner"] },
          "children": [{ "table": "part", "parentKey": ["thing_id"], "key": ["n"] }] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tool-").FullName;

    public string Run(string name) => Path.Combine(_folder, name);

    public static string Report(string run) => File.ReadAllText(Path.Combine(run, "thing", "report.json"));

    /// <summary>Answers the options that name the configuration and the two sides.</summary>
    public async Task<string[]> FillAsync(TwoPrimaries servers, int rows, bool differs = true)
    {
        var schema = string.Create(CultureInfo.InvariantCulture, $"""
            CREATE TABLE thing (id INT PRIMARY KEY, owner VARCHAR(50), created_at DATETIME(6), updated_at DATETIME(6), v INT, KEY (updated_at, id));
            CREATE TABLE part (thing_id INT, n INT, v INT, PRIMARY KEY (thing_id, n));
            INSERT INTO thing SELECT seq, CONCAT('owner', seq), '2026-11-23 12:00:00' - INTERVAL ({rows} - seq) SECOND, '2026-11-23 12:00:00' - INTERVAL ({rows} - seq) SECOND, seq FROM seq_1_to_{rows};
            INSERT INTO part SELECT t.seq, n.seq, t.seq FROM seq_1_to_{rows} t JOIN seq_1_to_2 n
            """);
        var database = await servers.CreateDatabaseAsync(schema);
        if (differs)
        {
            await servers.New.ExecuteAsync($"USE {database}; DELETE FROM thing WHERE id % 997 = 5; DELETE FROM part WHERE thing_id % 997 = 5; UPDATE part SET v = 0 WHERE thing_id % 1009 = 7 AND n = 1");
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "thing.json"), Config);
        return
        [
            "--config", Path.Combine(_folder, "thing.json"), "--source", Url(servers.Old.Port, database), "--target", Url(servers.New.Port, database),
            "--failover-at", "2026-11-23T12:00:00Z",
        ];
    }

    /// <summary>Runs the command as a process; killed after a while if asked, its exit code otherwise.</summary>
    public static async Task<int> ProcessAsync(IReadOnlyList<string> arguments, TimeSpan? killAfter)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "shop-reconcile.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (killAfter is { } delay)
        {
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(delay));
            process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode != 1, await output + await error);
        return process.ExitCode;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Url(int port, string database) =>
        string.Create(CultureInfo.InvariantCulture, $"mysql://{FixedSecrets.User}:{FixedSecrets.Password}@127.0.0.1:{port}/{database}");
}
