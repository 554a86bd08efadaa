using System.Globalization;

namespace Shop.Rehearsal.Supervision;

/// <summary>What this process and everything it has started take of the machine's memory.</summary>
internal static class ProcessTree
{
    /// <summary>Processes, and their proportional set size in megabytes: shared pages are counted once, not once for each process.</summary>
    public static (int Processes, long Megabytes) Measure()
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(d => Path.GetFileName(d))
            .Where(n => n.All(char.IsAsciiDigit))
            .Select(n => int.Parse(n, CultureInfo.InvariantCulture))
            .ToDictionary(pid => pid, ParentOf);
        var tree = parents.Keys.Where(pid => IsBelow(pid, Environment.ProcessId, parents)).ToList();
        return (tree.Count, tree.Sum(PssKilobytes) / 1024);
    }

    private static bool IsBelow(int pid, int ancestor, Dictionary<int, int> parents)
    {
        for (var depth = 0; pid > 1 && depth < 20; depth++)
        {
            if (pid == ancestor)
            {
                return true;
            }

            pid = parents.GetValueOrDefault(pid);
        }

        return false;
    }

    // Field 4 of stat; the name before it is in brackets and may hold anything.
    private static int ParentOf(int pid) =>
        Read(pid, "stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static long PssKilobytes(int pid)
    {
        var line = Read(pid, "smaps_rollup").Split('\n').FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }
}
