using System.Text.RegularExpressions;

namespace Shop.Functions.Tests.Events;

/// <summary>A row of the table in <c>tests/events/README.md</c>.</summary>
internal sealed partial record EventSample(string File, string Function, string Answer)
{
    public static string Folder { get; } = FindFolder();

    public static IReadOnlyList<EventSample> All { get; } =
        [.. Row().Matches(System.IO.File.ReadAllText(Path.Combine(Folder, "README.md"))).Select(m => new EventSample(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];

    public byte[] Read() => System.IO.File.ReadAllBytes(Path.Combine(Folder, File));

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "serverless.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The repository was not found above the tests' own folder.");
        }

        return Path.Combine(folder.FullName, "tests", "events");
    }

    [GeneratedRegex(@"^\| `([^`]+\.json)` \| `([a-z-]+)` \| (\d{3}|ok) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
