namespace Shop.Rehearsal.Engines;

internal static class DirectoryCopy
{
    /// <summary>Copies a data directory whose server does not run; the copy must not exist.</summary>
    public static void Copy(string source, string target)
    {
        Supervision.PrivateFiles.CreateDirectory(target);
        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Supervision.PrivateFiles.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }
}
