using System.Globalization;

namespace Shop.Rehearsal.Supervision;

/// <summary>One run's data, logs and sockets, removed at the end of the run or by the next one.</summary>
public sealed class RunFolder : IDisposable
{
    private const string SocketsLink = "sockets.path";
    private const string Jobfile = "jobs";

    private RunFolder(string path, string sockets)
    {
        FullPath = path;
        Sockets = sockets;
        Logs = Path.Combine(path, "logs");
        Jobs = JobFile.Open(Path.Combine(path, Jobfile));
        Directory.CreateDirectory(Logs);
    }

    public string FullPath { get; }

    public string Logs { get; }

    /// <summary>A short path outside: a socket's path has at most 107 characters.</summary>
    public string Sockets { get; }

    public JobFile Jobs { get; }

    /// <summary>Leaves the folder where it is at the end, to look at what happened.</summary>
    public bool Keep { get; set; }

    /// <summary>A folder of its own under <paramref name="root"/>; ends and removes what dead runs left there.</summary>
    public static RunFolder Create(string root)
    {
        root = Directory.CreateDirectory(root).FullName;
        // Sockets are swept by themselves too: somebody may have deleted the run folder that knew of them.
        foreach (var old in Directory.GetDirectories(root, "run-*").Concat(Directory.GetDirectories(Path.GetTempPath(), "shop-run-*")))
        {
            TryRemoveDead(old);
        }

        var id = Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        // The end of a version 7 id is random, its beginning is the time.
        var sockets = Path.Combine(Path.GetTempPath(), $"shop-run-{id[^10..]}");
        PrivateFiles.CreateDirectory(sockets);
        JobFile.Create(Path.Combine(sockets, Jobfile));

        // Renamed when its job file is there: a run folder without one would look like a dead run's.
        var path = Path.Combine(root, $"run-{id[^10..]}");
        var fresh = PrivateFiles.CreateDirectory(Path.Combine(root, $"new-{id[^10..]}"));
        File.WriteAllText(Path.Combine(fresh, SocketsLink), sockets);
        JobFile.Create(Path.Combine(fresh, Jobfile));
        Directory.Move(fresh, path);
        return new RunFolder(path, sockets);
    }

    public string SocketFor(string name) => Path.Combine(Sockets, $"{name}.sock");

    public string LogFor(string name) => Path.Combine(Logs, $"{name}.log");

    public string FolderFor(string name) => Directory.CreateDirectory(Path.Combine(FullPath, name)).FullName;

    public void Dispose()
    {
        if (!Keep)
        {
            Remove(FullPath);
            Remove(Sockets);
        }
    }

    private static void TryRemoveDead(string folder)
    {
        try
        {
            if (!JobFile.TryReclaim(Path.Combine(folder, Jobfile)))
            {
                return;
            }

            var link = Path.Combine(folder, SocketsLink);
            if (File.Exists(link))
            {
                Remove(File.ReadAllText(link));
            }

            Remove(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Being made or removed by somebody else, or another user's.
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Two runs may clean up the same dead one, or a process that was just killed still creates a file: the next run removes it.
        }
    }
}
