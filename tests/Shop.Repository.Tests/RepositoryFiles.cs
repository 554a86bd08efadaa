namespace Shop.Repository.Tests;

/// <summary>The files of the repository, without what is built or installed.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] Skipped = ["bin", "obj", "artifacts", "node_modules", ".git"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> All(string pattern) => In(new DirectoryInfo(Root), pattern);

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static IEnumerable<string> In(DirectoryInfo folder, string pattern) =>
        folder.GetFiles(pattern).Select(f => f.FullName)
            .Concat(folder.GetDirectories().Where(d => !Skipped.Contains(d.Name) && d.LinkTarget is null).SelectMany(d => In(d, pattern)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "serverless.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("serverless.sln was not found.");
        }

        return folder.FullName;
    }
}
