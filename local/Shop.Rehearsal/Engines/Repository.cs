namespace Shop.Rehearsal.Engines;

/// <summary>The clone that this program was built in.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    internal static string DynaliteProgram
    {
        get
        {
            var program = Path.Combine(Root, "local", "engines", "node_modules", "dynalite", "cli.js");
            return File.Exists(program) ? program : throw new FileNotFoundException("dynalite is not installed. local/install.sh installs it.", program);
        }
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "serverless.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
}
