namespace Shop.Rehearsal.Tests;

/// <summary>Where the files of the repository are, wherever the tests were built to.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new DirectoryNotFoundException("No serverless.sln above the tests."),
        _ when File.Exists(Path.Combine(folder.FullName, "serverless.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
