using System.Text.Json;
using Shop.Reconcile;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Tool;

/// <summary>The command line, in this process.</summary>
public sealed class WhenAnEngineerUsesTheTool(TwoPrimaries servers)
{
    [Fact]
    public async Task It_compares_reports_and_puts_back()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 2_000);
        var run = folder.Run("run");

        var (code, output, _) = await RunAsync(["compare", "--run", run, .. sides]);
        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("thing: 3 missing, 2 changed", output, StringComparison.Ordinal);
        Assert.All(
            ["report.json", "report.html", "report.md", "differences.ndjson", "missing.csv", "changed-parts.csv", "SHA256SUMS"],
            f => Assert.True(File.Exists(Path.Combine(run, "thing", f)), f));

        string[] login = ["--source", sides[3], "--target", sides[5]];
        (code, output, _) = await RunAsync(["replay", "--run", run, .. login]);
        Assert.Equal(ExitCode.Different, code);
        Assert.Contains("1 would be inserted (dry run: nothing was written)", output, StringComparison.Ordinal);
        Assert.Contains("2 missing are left out", output, StringComparison.Ordinal);
        login = [.. login, "--include", "older-than-the-tail"];
        (code, output, _) = await RunAsync(["replay", "--run", run, .. login, "--execute", "--approved-by", "ada"]);
        Assert.Equal(ExitCode.Equal, code);
        Assert.Contains("3 inserted", output, StringComparison.Ordinal);
        Assert.Contains("nothing of it differs any more", output, StringComparison.Ordinal);
        (code, output, _) = await RunAsync(["replay", "--run", run, .. login, "--execute", "--approved-by", "ada"]);
        Assert.Equal(ExitCode.Equal, code);
        Assert.Contains("3 there already", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_sides_end_with_zero_and_keys_alone_with_a_lower_bound()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 500, differs: false);

        Assert.Equal(ExitCode.Equal, (await RunAsync(["compare", "--run", folder.Run("whole"), .. sides])).Code);
        Assert.Equal(ExitCode.Partial, (await RunAsync(["compare", "--run", folder.Run("keys"), "--until", "versions", .. sides])).Code);
        Assert.Equal(ExitCode.Partial, (await RunAsync(["compare", "--run", folder.Run("window"), "--until", "window", .. sides])).Code);
    }

    [Fact]
    public async Task Beginning_anew_deletes_the_runs_own_folders_and_no_record_of_a_replay()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 500, differs: false);
        var run = folder.Run("run");
        var foreign = Path.Combine(run, "terraform", "plan.json");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "{}", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Equal, (await RunAsync(["compare", "--run", run, .. sides])).Code);

        Assert.Equal(ExitCode.Equal, (await RunAsync(["compare", "--run", run, "--fresh", .. sides])).Code);
        Assert.True(File.Exists(foreign));

        var record = Path.Combine(run, "thing", "replay.ndjson");
        await File.WriteAllTextAsync(record, "{}", TestContext.Current.CancellationToken);
        var (code, _, error) = await RunAsync(["compare", "--run", run, "--fresh", .. sides]);
        Assert.True(code != ExitCode.Equal && File.Exists(record) && error.Contains("replay.ndjson", StringComparison.Ordinal), error);
    }

    [Fact]
    public async Task Another_database_than_the_one_that_was_planned_is_refused_unless_it_is_said_to_have_moved()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 500);
        var (run, empty) = (folder.Run("run"), await servers.CreateDatabaseAsync("CREATE TABLE thing (id INT PRIMARY KEY, owner VARCHAR(50), created_at DATETIME(6), updated_at DATETIME(6), v INT); CREATE TABLE part (thing_id INT, n INT, v INT, PRIMARY KEY (thing_id, n))"));
        await RunAsync(["compare", "--run", run, .. sides]);

        string[] replay = ["replay", "--run", run, "--source", Url(empty), "--target", sides[5], "--include", "older-than-the-tail", "--execute", "--approved-by", "ada"];
        var (code, _, error) = await RunAsync(replay);
        Assert.Equal(ExitCode.Error, code);
        Assert.Contains("--moved", error, StringComparison.Ordinal);

        // The wrong one all the same: it has nothing of what is missing, and that is no success.
        (code, var output, _) = await RunAsync([.. replay, "--moved"]);
        Assert.Equal(ExitCode.SourceGone | ExitCode.Different, code);
        Assert.Contains("1 gone from the source", output, StringComparison.Ordinal);
        Assert.Contains("1 still differ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_the_connection_is_to_be_secured_is_taken_from_the_command_that_says_it()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 50);
        await RunAsync(["compare", "--run", folder.Run("run"), .. sides]);

        string[] replay = ["replay", "--run", folder.Run("run"), "--source", sides[3], "--target", sides[5]];

        // The servers of this test have no certificate.
        Assert.NotEqual(ExitCode.Error, (await RunAsync(replay)).Code);
        Assert.Equal(ExitCode.Error, (await RunAsync([.. replay, "--tls", "verify-full"])).Code);
    }

    [Fact]
    public async Task Without_a_failover_what_differs_is_listed_and_nothing_is_said_of_a_loss()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 2_000);
        var run = folder.Run("run");

        var (_, output, error) = await RunAsync(["compare", "--run", run, .. sides[..6]]);

        Assert.Contains("No failover was named", error, StringComparison.Ordinal);
        Assert.Contains("thing: 3 missing, 2 changed", output, StringComparison.Ordinal);
        var report = ToolFolder.Report(run);
        Assert.Contains("No failover was named", report, StringComparison.Ordinal);
        Assert.DoesNotContain("older-than-the-tail", report, StringComparison.Ordinal);
        Assert.DoesNotContain("did not arrive", report, StringComparison.Ordinal);
        Assert.Contains("none was named", await File.ReadAllTextAsync(Path.Combine(run, "thing", "report.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_switch_with_a_value_is_refused()
    {
        using var folder = new ToolFolder();

        var (_, _, error) = await RunAsync(["replay", "--run", folder.Run("run"), "--execute=false", "--approved-by", "ada"]);

        Assert.Contains("--execute takes no value", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_another_process_has_is_left_alone()
    {
        using var folder = new ToolFolder();
        using var held = Run.Take(folder.Run("run"));

        Assert.Equal(ExitCode.AlreadyRunning, (await RunAsync(["report", "--run", folder.Run("run")])).Code);
    }

    [Fact]
    public async Task It_drafts_a_configuration_from_the_keys_of_a_database()
    {
        var database = await servers.CreateDatabaseAsync("""
            CREATE TABLE invoice (tenant INT, no INT, email VARCHAR(50), total DECIMAL(10,2), currency CHAR(3), updated_at DATETIME(6), PRIMARY KEY (tenant, no));
            CREATE TABLE invoice_line (tenant INT, no INT, line INT, qty INT, PRIMARY KEY (tenant, no, line), FOREIGN KEY (tenant, no) REFERENCES invoice (tenant, no));
            CREATE TABLE log (text VARCHAR(20))
            """);

        var (code, output, error) = await RunAsync(["init", "--source", Url(database)]);

        Assert.Equal(ExitCode.Equal, code);
        var root = JsonElement.Parse(output).GetProperty("aggregates")[0];
        Assert.Equal("invoice", root.GetProperty("root").GetProperty("table").GetString());
        Assert.Equal("updated_at", root.GetProperty("root").GetProperty("updatedAt").GetString());
        Assert.Equal("email", root.GetProperty("root").GetProperty("masked")[0].GetString());
        Assert.Equal("line", root.GetProperty("children")[0].GetProperty("key")[0].GetString());
        Assert.Contains("log has no primary key", error, StringComparison.Ordinal);
        var config = Path.Combine(Directory.CreateTempSubdirectory("shop-config-").FullName, "shop.json");
        await File.WriteAllTextAsync(config, output, TestContext.Current.CancellationToken);
        Assert.Equal(
            ExitCode.Equal,
            (await RunAsync(["compare", "--run", Path.Combine(Path.GetDirectoryName(config)!, "run"), "--config", config, "--source", Url(database), "--target", Url(database)])).Code);
    }

    [Fact]
    public async Task A_draft_takes_dates_for_times_fractions_for_units_and_parents_first()
    {
        var database = await servers.CreateDatabaseAsync("""
            CREATE TABLE zone (id INT PRIMARY KEY, created INT, updated_at DATETIME, price DOUBLE, currency CHAR(3));
            CREATE TABLE address (id INT PRIMARY KEY, zone_id INT, price INT, currency CHAR(3), FOREIGN KEY (zone_id) REFERENCES zone (id))
            """);

        var (_, output, _) = await RunAsync(["init", "--source", Url(database)]);

        var aggregates = JsonElement.Parse(output).GetProperty("aggregates");
        Assert.Equal(["zone", "address"], aggregates.EnumerateArray().Select(a => a.GetProperty("name").GetString()));
        var root = aggregates[0].GetProperty("root");
        Assert.False(root.TryGetProperty("createdAt", out _));
        Assert.Equal("updated_at", root.GetProperty("updatedAt").GetString());
        Assert.Equal(0, root.GetProperty("money").GetProperty("minorDigits").GetInt32());
        Assert.Equal(2, aggregates[1].GetProperty("root").GetProperty("money").GetProperty("minorDigits").GetInt32());
    }

    [Fact]
    public async Task A_report_of_keys_alone_is_written_again_as_what_it_is_and_names_what_was_left_out()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, 500);
        var run = folder.Run("run");
        await RunAsync(["compare", "--run", run, "--until", "versions", .. sides]);

        Assert.Equal(ExitCode.Different | ExitCode.Partial, (await RunAsync(["report", "--run", run])).Code);
        var (code, _, error) = await RunAsync(["compare", "--run", run, "--until", "window", .. sides]);
        Assert.True(code == ExitCode.Error && error.Contains("past its window", StringComparison.Ordinal), error);
    }

    [Theory]
    [InlineData("--compare", "no command '--compare'")]
    [InlineData("compare", "--run is needed")]
    [InlineData("compare --run /nowhere/x --until never", "expected window, versions, content")]
    [InlineData("plan --frobnicate 1", "no option --frobnicate")]
    [InlineData("init --source postgres://a/b", "not of the form mysql://")]
    [InlineData("report --run x --until window", "expected versions or content")]
    [InlineData("report --run /proc/nowhere/x", "nowhere")]
    [InlineData("replay --run x --execute", "--execute and --approved-by go together")]
    public async Task What_is_wrong_is_said_in_a_line(string words, string message)
    {
        var (code, _, error) = await RunAsync(words.Split(' '));

        Assert.Equal(ExitCode.Error, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("init --help")]
    [InlineData("plan --help")]
    [InlineData("compare --help")]
    [InlineData("report --help")]
    [InlineData("replay --help")]
    public async Task Help_fits_a_terminal(string words)
    {
        var (code, output, _) = await RunAsync(words.Split(' '));

        Assert.Equal(ExitCode.Equal, code);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 160));
    }

    private static async Task<(ExitCode Code, string Output, string Error)> RunAsync(IReadOnlyList<string> words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = (ExitCode)await Application.RunAsync(words, output, error, _ => null);
        return (code, output.ToString(), error.ToString());
    }

    private string Url(string database) => $"mysql://{FixedSecrets.User}:{FixedSecrets.Password}@127.0.0.1:{servers.Old.Port}/{database}";
}
