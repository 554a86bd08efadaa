using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Shop.Reconcile;
using Shop.Reconciliation.Tests.Servers;

namespace Shop.Reconciliation.Tests.Tool;

/// <summary>The command as a process of its own, killed without warning at any moment: it goes on, and the report is the same but for times.</summary>
public sealed partial class WhenTheToolIsKilled(TwoPrimaries servers)
{
    private const int Rows = 12_000;

    // All fifty: make prove-reconciliation.
    private static readonly int Kills = Amounts.Read("RECONCILE_KILLS", 4);

    [Fact]
    public async Task It_goes_on_and_reports_the_same_to_the_byte()
    {
        using var folder = new ToolFolder();
        var sides = await folder.FillAsync(servers, Rows);
        var undisturbed = folder.Run("undisturbed");
        Assert.Equal(0, await ToolFolder.ProcessAsync(["plan", "--run", undisturbed, .. sides], null) & (int)ExitCode.Error);
        var killed = folder.Run("killed");
        CopyFolder(undisturbed, killed);

        var started = Stopwatch.GetTimestamp();
        Assert.Equal((int)ExitCode.Different, await ToolFolder.ProcessAsync(["compare", "--run", undisturbed, "--source", sides[3], "--target", sides[5]], null));
        var takes = Stopwatch.GetElapsedTime(started);
        var expected = ToolFolder.Report(undisturbed);

        var random = new Random(20261123);
        for (var i = 0; i < Kills; i++)
        {
            var after = takes * random.NextDouble();
            var code = await ToolFolder.ProcessAsync(["compare", "--run", killed, "--source", sides[3], "--target", sides[5]], after);
            if (code == (int)ExitCode.Different)
            {
                // It was done before its time: begin anew, so that every kill has something to kill.
                Assert.Equal(Plain(expected), Plain(ToolFolder.Report(killed)));
                Directory.Delete(Path.Combine(killed, "thing", "compare"), recursive: true);
                Directory.Delete(Path.Combine(killed, "thing", "versions"), recursive: true);
            }
        }

        Assert.Equal((int)ExitCode.Different, await ToolFolder.ProcessAsync(["compare", "--run", killed, "--source", sides[3], "--target", sides[5]], null));
        Assert.Equal(Plain(expected), Plain(ToolFolder.Report(killed)));
    }

    private static string Plain(string report) => Hash().Replace(Times().Replace(report, "\"time\""), "\"hash\"");

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    [GeneratedRegex("\"generatedAt\": \"[^\"]*\"")]
    private static partial Regex Times();

    [GeneratedRegex("\"contentHash\": \"[^\"]*\"")]
    private static partial Regex Hash();
}
