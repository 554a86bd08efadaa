using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shop.Repository.Tests;

/// <summary>What holds of the sources as a whole.</summary>
public sealed partial class SecurityTests
{
    private static readonly string[] TextFiles = ["*.cs", "*.json", "*.md", "*.sh", "*.yml", "*.yaml", "*.props", "*.csproj", "*.mjs", "*.sql", "Makefile", "Dockerfile"];

    [Fact]
    public void No_file_holds_a_key_or_a_token()
    {
        var found = TextFiles.SelectMany(RepositoryFiles.All)
            .Where(f => Secret().IsMatch(File.ReadAllText(f))).Select(RepositoryFiles.Relative).Where(f => f != "tests/Shop.Repository.Tests/SecurityTests.cs");
        Assert.Empty(found);
        Assert.Matches(Secret(), "AKIA" + new string('A', 16));
    }

    [Fact]
    public void Every_package_is_locked_with_its_hash()
    {
        var projects = RepositoryFiles.All("*.csproj").ToList();
        Assert.NotEmpty(projects);
        Assert.All(projects, project =>
        {
            var file = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            Assert.True(File.Exists(file), $"{RepositoryFiles.Relative(project)} has no packages.lock.json");
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var packages = document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(t => t.Value.EnumerateObject())
                .Where(p => p.Value.GetProperty("type").GetString() != "Project");
            Assert.All(packages, p => Assert.True(p.Value.TryGetProperty("contentHash", out _), $"{p.Name} in {RepositoryFiles.Relative(file)}"));
        });
    }

    /// <summary>A value that gets into the text of a statement is a name that this code made, never one that came in: those are parameters.</summary>
    [Fact]
    public void The_store_s_statements_take_values_as_parameters()
    {
        var files = RepositoryFiles.All("*Store.cs").Concat(RepositoryFiles.All("OrderRows.cs")).Concat(RepositoryFiles.All("OutboxTable.cs"))
            .Where(f => RepositoryFiles.Relative(f).StartsWith("functions/", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count >= 4);
        Assert.All(files, f => Assert.DoesNotMatch(Quoted(), File.ReadAllText(f)));
    }

    /// <summary>The table of the threat model names a test for each threat; a test that is renamed or removed must not leave a promise behind.</summary>
    [Fact]
    public void Every_test_that_the_threat_model_names_is_there()
    {
        var named = Test().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "threat-model.md"))).Select(m => (Class: m.Groups[1].Value, Method: m.Groups[2].Value)).Distinct().ToList();
        Assert.True(named.Count >= 25, $"{named.Count} tests are named.");
        var sources = RepositoryFiles.All("*.cs").Where(f => RepositoryFiles.Relative(f).StartsWith("tests/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        Assert.Empty(named.Where(n => !sources.Any(s => s.Contains($"class {n.Class}", StringComparison.Ordinal) && s.Contains($" {n.Method}(", StringComparison.Ordinal))).Select(n => $"{n.Class}.{n.Method}"));
    }

    [GeneratedRegex(@"AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN (RSA |EC |OPENSSH |)PRIVATE KEY-----\s*\n[A-Za-z0-9+/=]{40}|ghp_[A-Za-z0-9]{36}|xox[bp]-[0-9A-Za-z-]{20}")]
    private static partial Regex Secret();

    // '{value}' inside of an interpolated statement.
    [GeneratedRegex(@"(SELECT|INSERT|UPDATE|DELETE)[^;""]*'\{")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`([A-Z]\w+)\.([A-Z]\w+)`")]
    private static partial Regex Test();
}
