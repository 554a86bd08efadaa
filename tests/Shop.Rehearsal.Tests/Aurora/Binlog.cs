using System.Diagnostics;

namespace Shop.Rehearsal.Tests.Aurora;

internal static class Binlog
{
    /// <summary>How many rows a server's binary log says were inserted after a position.</summary>
    public static async Task<int> CountInsertsAsync(string binlogBase, string after)
    {
        var logs = Directory.GetFiles(Path.GetDirectoryName(binlogBase)!, $"{Path.GetFileName(binlogBase)}.0*").Order();
        var start = new ProcessStartInfo("mariadb-binlog") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["--no-defaults", "--base64-output=DECODE-ROWS", "--verbose", $"--start-position={after}", .. logs])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return text.Split('\n').Count(line => line.StartsWith("### INSERT INTO", StringComparison.Ordinal));
    }
}
