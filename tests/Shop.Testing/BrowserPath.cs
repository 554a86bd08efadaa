namespace Shop.Testing;

/// <summary>The system's Chromium; <c>CHROMIUM</c> names another one.</summary>
public static class BrowserPath
{
    public static string Find()
    {
        string[] names = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } own ? [own] : ["chromium", "chromium-browser", "google-chrome"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is missing: install it (on Debian `local/install.sh browser` does), or name it in CHROMIUM.");
    }
}
