using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Rehearsal.Drill;

/// <summary>
/// The independent judge: reads the lost Region's binary log behind the last position that the new primary had received, and lists the orders
/// inserted there. It knows nothing of ranges, hashes or rows compared, so that its agreement with the report means something.
/// </summary>
internal static partial class GtidOracle
{
    /// <param name="dataFolder">Data folder of the old primary as it was when its process died.</param>
    /// <param name="replicatedUpTo">GTID position of the new primary at promotion, for example <c>1-101-2044</c>; empty when it had received nothing.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<Guid>> LostOrdersAsync(string dataFolder, string replicatedUpTo, CancellationToken cancellationToken)
    {
        var index = Directory.GetFiles(dataFolder, "*.index").Single(f => !Path.GetFileName(f).StartsWith("relay", StringComparison.Ordinal));
        var logs = (await File.ReadAllLinesAsync(index, cancellationToken))
            .Where(l => l.Length > 0).Select(l => Path.Combine(dataFolder, Path.GetFileName(l))).ToList();
        var start = new ProcessStartInfo("mariadb-binlog") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["--no-defaults", "--base64-output=DECODE-ROWS", "--verbose", .. logs])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new DrillException("mariadb-binlog could not be started.");
        var complaint = process.StandardError.ReadToEndAsync(cancellationToken);
        var orders = await ReadInsertsAsync(process.StandardOutput, replicatedUpTo, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? orders : throw new DrillException($"mariadb-binlog: {(await complaint).Trim()}");
    }

    /// <summary>
    /// Reads the order ids from decoded row events: <c>GTID 2-103-40</c>, then <c>### INSERT INTO `orders`.`customer_order`</c>, then <c>###   @1='…'</c>.
    /// Sequence numbers only grow within a domain (<c>gtid_strict_mode</c>), so what is above the replicated one was never replicated.
    /// </summary>
    public static async Task<IReadOnlyList<Guid>> ReadInsertsAsync(TextReader decoded, string replicatedUpTo, CancellationToken cancellationToken)
    {
        var replicated = replicatedUpTo.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(g => g.Trim().Split('-')).ToDictionary(p => p[0], p => Number(p[2]));
        var orders = new List<Guid>();
        var (isLost, isInsert) = (false, false);
        while (await decoded.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith('#') && Position().Match(line) is { Success: true } gtid)
            {
                isLost = Number(gtid.Groups[2].Value) > replicated.GetValueOrDefault(gtid.Groups[1].Value);
            }
            else if (line.StartsWith("### INSERT INTO", StringComparison.Ordinal))
            {
                isInsert = isLost && line.EndsWith("`customer_order`", StringComparison.Ordinal);
            }
            else if (isInsert && FirstColumn().Match(line) is { Success: true } id)
            {
                orders.Add(Guid.Parse(id.Groups[1].Value));
                isInsert = false;
            }
        }

        return orders;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\sGTID (\d+)-\d+-(\d+)\b")]
    private static partial Regex Position();

    [GeneratedRegex("^###   @1='([0-9a-f-]{36})'")]
    private static partial Regex FirstColumn();
}
