using Shop.Rehearsal.Engines;
using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Aurora;

/// <summary>Copies a running server's data by <c>mariadb-backup</c>, which doesn't stop it.</summary>
internal static class Backup
{
    // The name has changed between versions.
    private static readonly string[] PositionFiles = ["xtrabackup_binlog_info", "mariadb_backup_binlog_info"];

    /// <returns>The position that the copy stands at.</returns>
    public static async Task<string> TakeAsync(EngineHost host, MariaDbServer source, string target, CancellationToken cancellationToken)
    {
        PrivateFiles.CreateDirectory(target);
        await RunAsync(host, target, ["--no-defaults", "--backup", "--parallel=2", $"--socket={source.Socket}", "--user=root", $"--target-dir={target}"], cancellationToken);
        await RunAsync(host, target, ["--no-defaults", "--prepare", $"--target-dir={target}"], cancellationToken);

        // "binlog.000001<tab>1234<tab>2-101-17"
        var info = PositionFiles.Select(name => Path.Combine(target, name)).First(File.Exists);
        var fields = (await File.ReadAllTextAsync(info, cancellationToken)).TrimEnd().Split('\t');
        // Without a log of its own the source has written nothing since it was rebuilt: it stands where it stopped following.
        return fields is [_, _, { Length: > 0 } position, ..] ? position : await Replication.PositionAsync(source, cancellationToken);
    }

    private static async Task RunAsync(EngineHost host, string target, string[] arguments, CancellationToken cancellationToken)
    {
        var name = $"backup-{Path.GetFileName(target)}";
        var child = await host.Launcher.StartAsync(new ChildCommand
        {
            Name = name, File = Programs.Find("mariadb-backup"), Arguments = arguments, LogFile = host.Folder.LogFor(name),
        });
        await using (child)
        {
            var code = await child.Exited.WaitAsync(cancellationToken);
            if (code != 0)
            {
                throw new EngineStartException("mariadb-backup", $"ended with exit code {code}", child.LogTail());
            }
        }
    }
}
