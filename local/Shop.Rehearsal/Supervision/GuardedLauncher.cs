using System.Diagnostics;

namespace Shop.Rehearsal.Supervision;

/// <summary>Starts children that the kernel kills when this process ends, however it ends.</summary>
public sealed class GuardedLauncher(JobFile? jobs = null) : IProcessLauncher
{
    // The parent may have died before setpriv asked for the signal: then the guard's parent is somebody else.
    // After exec the child writes to its log itself; a pipe through the host would break with the host.
    private const string Guard =
        """host=$1 log=$2; shift 2; [ "$PPID" = "$host" ] || exit 97; exec "$@" </dev/null >>"$log" 2>&1""";

    private static readonly string[] Inherited = ["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ", "DOTNET_ROOT", "DOTNET_CLI_HOME"];

    public async Task<ChildProcess> StartAsync(ChildCommand command)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException("The rehearsal supervises its engines by Linux process signals; run it on Linux or in WSL.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(command.LogFile))!);
        return await SpawnThread.Shared.RunAsync(() => Spawn(command));
    }

    private ChildProcess Spawn(ChildCommand command)
    {
        // setsid: Ctrl+C at the terminal is for the host, which then stops its children in order.
        var start = new ProcessStartInfo("setsid")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        string[] guard =
        [
            "setpriv", "--pdeathsig", "KILL", "--", "/bin/sh", "-c", Guard, "guard",
            Environment.ProcessId.ToString(), Path.GetFullPath(command.LogFile), command.File,
        ];
        foreach (var argument in guard.Concat(command.Arguments))
        {
            start.ArgumentList.Add(argument);
        }

        SetEnvironment(start, command.Environment);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.Name} did not start.");
        process.StandardInput.Close();
        process.StandardOutput.Close();
        process.StandardError.Close();
        jobs?.Add(process.Id, command.Name, command.DataDirectory);
        return new ChildProcess(command, process);
    }

    /// <summary>Children see what they are given: the host's own credentials and settings are not theirs.</summary>
    private static void SetEnvironment(ProcessStartInfo start, IReadOnlyDictionary<string, string> environment)
    {
        start.Environment.Clear();
        foreach (var name in Inherited)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                start.Environment[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
    }
}
