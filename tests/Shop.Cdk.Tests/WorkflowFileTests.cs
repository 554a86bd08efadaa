using System.Text.RegularExpressions;

namespace Shop.Cdk.Tests;

/// <summary>What can be said of GitHub's workflows without GitHub.</summary>
public sealed partial class WorkflowFileTests
{
    [Fact]
    public void Actions_are_named_by_commit_with_their_version_beside_it() =>
        Assert.Empty(Lines().Where(l => l.Contains("uses:", StringComparison.Ordinal) && !Pinned().IsMatch(l)));

    [Fact]
    public void No_job_runs_in_an_image_that_does_not_exist() =>
        // Images of .NET 10 are Ubuntu, Alpine and Azure Linux: none with the name of a Debian.
        Assert.Empty(Lines().Where(l => l.Contains("mcr.microsoft.com/dotnet", StringComparison.Ordinal) && (l.Contains("bookworm", StringComparison.Ordinal) || l.Contains("trixie", StringComparison.Ordinal))));

    private static IEnumerable<string> Lines()
    {
        var files = Directory.GetFiles(Path.Combine(Templates.Repository, ".github", "workflows"), "*.yml");
        Assert.NotEmpty(files);
        return files.SelectMany(File.ReadLines).Concat(File.ReadLines(Path.Combine(Templates.Repository, "ui-container", "Dockerfile")));
    }

    [GeneratedRegex("uses: [a-z/-]+@[0-9a-f]{40} # v[0-9.]+$")]
    private static partial Regex Pinned();
}
