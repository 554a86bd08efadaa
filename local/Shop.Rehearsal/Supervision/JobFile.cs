namespace Shop.Rehearsal.Supervision;

/// <summary>The list of what a host started, so that a later host can end what is left.</summary>
/// <remarks>Lines of pid, start time, name and data directory, parted by tabs. The first line is the host itself.</remarks>
public sealed class JobFile
{
    private readonly Lock _lock = new();
    private readonly string _path;

    private JobFile(string path) => _path = path;

    /// <summary>Starts the list with this process as the host.</summary>
    public static JobFile Create(string path)
    {
        var jobs = Open(path);
        jobs.Add(Environment.ProcessId, "host", "");
        return jobs;
    }

    public static JobFile Open(string path) => new(path);

    public void Add(int pid, string name, string dataDirectory)
    {
        var line = $"{pid}\t{ProcessStart.Of(pid) ?? 0}\t{name}\t{dataDirectory}\n";
        lock (_lock)
        {
            File.AppendAllText(_path, line);
        }
    }

    /// <summary>Ends what a dead host left, by pid and start time; false when that host is alive or still writing its first line.</summary>
    public static bool TryReclaim(string path)
    {
        var jobs = Read(path);
        if (jobs is not [var host, ..] || IsSame(host))
        {
            return false;
        }

        foreach (var job in jobs.Where(IsSame))
        {
            Signals.SendToGroup(job.Pid, Signals.Kill);
        }

        return true;
    }

    private static bool IsSame((int Pid, long StartTime) job) => ProcessStart.Of(job.Pid) == job.StartTime;

    private static List<(int Pid, long StartTime)> Read(string path) =>
        [.. from line in File.ReadAllLines(path)
            let fields = line.Split('\t')
            where fields.Length == 4 && int.TryParse(fields[0], out _) && long.TryParse(fields[1], out _)
            select (int.Parse(fields[0]), long.Parse(fields[1]))];
}
