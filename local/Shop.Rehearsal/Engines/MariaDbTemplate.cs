using Shop.Rehearsal.Supervision;

namespace Shop.Rehearsal.Engines;

/// <summary>An initialized data directory, made once per server version and copied for every new server.</summary>
internal sealed class MariaDbTemplate(EngineHost host)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(50);

    public async Task CopyToAsync(string target, CancellationToken cancellationToken)
    {
        var template = Path.Combine(host.Cache, $"mariadb-{await VersionAsync()}");
        if (!Directory.Exists(template))
        {
            await MakeAsync(template, cancellationToken);
        }

        DirectoryCopy.Copy(template, target);
    }

    private async Task MakeAsync(string template, CancellationToken cancellationToken)
    {
        // Hosts and test runs may all start at once on a fresh machine: one makes it, the others wait for the lock.
        await using var gate = await LockAsync($"{template}.lock", cancellationToken);
        if (Directory.Exists(template))
        {
            return;
        }

        var unfinished = $"{template}.{Environment.ProcessId}";
        Directory.CreateDirectory(unfinished);
        var cleanup = $"{unfinished}.sql";
        // Root comes in by the unix socket only, whose folder nobody else may enter.
        await File.WriteAllTextAsync(cleanup, "DELETE FROM mysql.global_priv WHERE User<>'mariadb.sys' AND (User<>'root' OR Host<>'localhost');\n", cancellationToken);
        string[] asRoot = Environment.UserName == "root" ? ["--user=root"] : [];
        var install = await RunAsync("mariadb-install-db", [
            "--no-defaults", $"--datadir={unfinished}", "--skip-test-db", "--skip-name-resolve", $"--extra-file={cleanup}",
            "--auth-root-authentication-method=normal", "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M", .. asRoot]);
        File.Delete(cleanup);
        if (await install.Exited != 0)
        {
            Directory.Delete(unfinished, recursive: true);
            throw new EngineStartException("mariadb-install-db", $"ended with exit code {await install.Exited}", install.LogTail());
        }

        Directory.Move(unfinished, template);
    }

    private async Task<string> VersionAsync()
    {
        var child = await RunAsync("mariadbd", ["--no-defaults", "--version"]);
        // "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)"
        var words = child.LogTail(1).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, "Ver", var version, ..] ? version : throw new EngineStartException("mariadbd", "did not tell its version", child.LogTail());
    }

    private async Task<ChildProcess> RunAsync(string program, string[] arguments)
    {
        var name = $"{program}-{Guid.CreateVersion7():N}";
        var child = await host.Launcher.StartAsync(new ChildCommand
        {
            Name = program,
            File = Programs.Find(program),
            Arguments = arguments,
            LogFile = host.Folder.LogFor(name),
        });
        await child.Exited;
        return child;
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Retry, cancellationToken);
            }
        }
    }
}
