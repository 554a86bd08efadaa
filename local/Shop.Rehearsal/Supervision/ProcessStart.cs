namespace Shop.Rehearsal.Supervision;

/// <summary>A process told apart from a later one with the same id: by when it started.</summary>
public static class ProcessStart
{
    /// <summary>Field 22 of <c>/proc/pid/stat</c>, in clock ticks since boot; null when there is no such process.</summary>
    public static long? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The second field is the program's name in parentheses and may hold anything, blanks and parentheses included.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
