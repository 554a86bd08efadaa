using System.Xml.Linq;

namespace Shop.Repository.Tests;

/// <summary>The direction of dependencies: an arrow that is not in this table is a decision, not an accident.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Shop.Contracts"] = [],
        ["Shop.Lambda"] = ["Shop.Contracts"],
        ["Shop.OpenApi"] = ["Shop.Contracts", "Shop.Lambda"],
        ["Shop.Aws"] = [],
        ["Shop.Databases"] = ["Shop.Contracts", "Shop.Aws", "Shop.Lambda"],
        ["Shop.Migrator"] = ["Shop.Lambda", "Shop.Databases"],
        ["Shop.Catalog"] = ["Shop.Contracts", "Shop.Lambda", "Shop.OpenApi", "Shop.Databases"],
        ["Shop.Orders"] = ["Shop.Contracts", "Shop.Lambda", "Shop.OpenApi", "Shop.Databases", "Shop.Aws"],
        ["Shop.Carts"] = ["Shop.Contracts", "Shop.Lambda", "Shop.OpenApi"],
        ["Shop.Checkout"] = ["Shop.Contracts", "Shop.Lambda", "Shop.OpenApi", "Shop.Aws"],
        ["Shop.Failover"] = ["Shop.Contracts", "Shop.Lambda", "Shop.Databases", "Shop.Aws"],
        ["Shop.Reconciliation"] = ["Shop.Lambda", "Shop.Databases", "Shop.Aws"],
        ["Shop.Reconcile"] = ["Shop.Reconciliation"],
        ["Shop.Ui"] = ["Shop.Contracts"],
        ["Shop.Asl"] = [],
        ["Shop.Rehearsal"] = ["Shop.Asl"],
        ["Shop.Cdk"] = [],
        ["Shop.Cost"] = [],
    };

    [Fact]
    public void Every_project_refers_only_to_what_it_may()
    {
        var projects = RepositoryFiles.All("*.csproj").Where(p => !RepositoryFiles.Relative(p).StartsWith("tests/", StringComparison.Ordinal)).ToList();

        Assert.Equal(Allowed.Keys.Order(), projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order());
        Assert.All(projects, project =>
            Assert.Empty(References(project).Except(Allowed[Path.GetFileNameWithoutExtension(project)])));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "serverless.sln"));

        Assert.All(RepositoryFiles.All("*.csproj"), p => Assert.Contains(Path.GetFileName(p), solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
}
