using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shop.Repository.Tests;

public sealed partial class SourceTests
{
    [Fact]
    public void The_store_does_not_know_whether_it_runs_locally()
    {
        var files = RepositoryFiles.All("*.cs").Select(RepositoryFiles.Relative)
            .Where(f => f.StartsWith("functions/", StringComparison.Ordinal) || f.StartsWith("ui-container/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.DoesNotMatch(IfLocal(), File.ReadAllText(Path.Combine(RepositoryFiles.Root, f))));
    }

    [Fact]
    public void Every_state_says_why_it_is_there()
    {
        var machines = RepositoryFiles.All("*.asl.json").Where(f => RepositoryFiles.Relative(f).StartsWith("statemachines/", StringComparison.Ordinal)).ToList();

        Assert.True(machines.Count >= 4);
        Assert.All(machines, file =>
        {
            using var machine = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Empty(StatesWithoutComment(machine.RootElement));
        });
    }

    [Fact]
    public void Every_task_has_a_timeout()
    {
        foreach (var file in RepositoryFiles.All("*.asl.json").Where(f => RepositoryFiles.Relative(f).StartsWith("statemachines/", StringComparison.Ordinal)))
        {
            using var machine = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Empty(States(machine.RootElement)
                .Where(s => s.Value.GetProperty("Type").GetString() == "Task" && !s.Value.TryGetProperty("TimeoutSeconds", out _) && !s.Value.TryGetProperty("TimeoutSecondsPath", out _))
                .Select(s => $"{Path.GetFileName(file)}: {s.Name}"));
        }
    }

    [Fact]
    public void Scripts_that_are_run_are_executable()
    {
        Assert.All((string[])[".ci/run", "tests/run.sh", "local/install.sh", "functions/package.sh", "functions/packaging/aarch64-linker"], script =>
            Assert.True(File.GetUnixFileMode(Path.Combine(RepositoryFiles.Root, script)).HasFlag(UnixFileMode.UserExecute), script));
    }

    private static IEnumerable<string> StatesWithoutComment(JsonElement machine) =>
        States(machine).Where(s => !s.Value.TryGetProperty("Comment", out var c) || string.IsNullOrWhiteSpace(c.GetString())).Select(s => s.Name);

    private static IEnumerable<JsonProperty> States(JsonElement machine) =>
        machine.GetProperty("States").EnumerateObject().SelectMany(s => new[] { s }.Concat(Inner(s.Value).SelectMany(States)));

    private static IEnumerable<JsonElement> Inner(JsonElement state)
    {
        if (state.TryGetProperty("ItemProcessor", out var processor))
        {
            yield return processor;
        }

        if (state.TryGetProperty("Branches", out var branches))
        {
            foreach (var branch in branches.EnumerateArray())
            {
                yield return branch;
            }
        }
    }

    [GeneratedRegex(@"if\s*\(\s*!?\s*(is)?local\b|IsRehearsal|IsLocal\b", RegexOptions.IgnoreCase)]
    private static partial Regex IfLocal();
}
