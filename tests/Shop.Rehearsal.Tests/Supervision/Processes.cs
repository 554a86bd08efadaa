namespace Shop.Rehearsal.Tests.Supervision;

internal static class Processes
{
    /// <summary>A child's helpers are told by the environment they inherited.</summary>
    public static IEnumerable<int> WhoseEnvironmentHolds(string text) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let name = Path.GetFileName(folder)
        where int.TryParse(name, out _) && Read(folder, "environ").Contains(text, StringComparison.Ordinal)
        select int.Parse(name);

    private static string Read(string folder, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
