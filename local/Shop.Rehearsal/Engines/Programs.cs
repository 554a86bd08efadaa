namespace Shop.Rehearsal.Engines;

/// <summary>Finds the engines' programs; servers are often outside an ordinary user's PATH.</summary>
internal static class Programs
{
    private static readonly string[] More = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/libexec"];

    public static string Find(string name) =>
        TryFind(name) ?? throw new FileNotFoundException($"{name} is not installed. local/install.sh installs what the rehearsal needs.", name);

    public static string? TryFind(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Concat(More)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
