using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Lambda;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Storage;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Replaying;

/// <summary>What a run found missing, oldest first: the order in which it was written. The report leaves it as a file of its own, so that no batch of a replay parses all differences again.</summary>
internal static class MissingKeys
{
    /// <summary>What a replay may put back though the report asks a person to look at it first.</summary>
    public static IReadOnlyList<string> Includable { get; } = [Notes.OlderThanTheTail];

    /// <param name="files">Where the run's files are.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="include">A note: what has it is put back as well. Else only what the report advises to replay.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ReplayList> ReadAsync(IReportFiles files, RunKeys keys, string? include, CancellationToken cancellationToken)
    {
        if (include is not (null or "") && !Includable.Contains(include))
        {
            throw new ShopException("Shop.InvalidInput", $"include is '{include}', expected {string.Join(", ", Includable)}.");
        }

        var missing = Parse(await WholeAsync(files, keys, cancellationToken));
        var chosen = missing.Where(m => m.Action == Advice.Replay || (include is { Length: > 0 } && m.Notes.Contains(include))).ToList();
        return new([.. chosen.Select(m => m.Key)], missing.Count - chosen.Count);
    }

    /// <summary>As the report leaves it: a line per missing aggregate, with what is advised.</summary>
    public static byte[] Write(RunManifest manifest, IEnumerable<Difference> differences)
    {
        using var content = new MemoryStream();
        var missing = differences.Where(d => d.Class == DifferenceClass.Missing)
            .OrderBy(d => d.UpdatedAt ?? d.CreatedAt, StringComparer.Ordinal).ThenBy(d => d.Key, AggregateKey.Ordinal);
        foreach (var difference in missing)
        {
            var line = new MissingKey(difference.Key, Advice.For(difference, manifest.Boundary.IsAssumed).Action, difference.Notes);
            content.Write(JsonSerializer.SerializeToUtf8Bytes(line, RJson.Default.MissingKey));
            content.WriteByte((byte)'\n');
        }

        return content.ToArray();
    }

    /// <summary>The file, if it is to the byte what the report's sums say of it.</summary>
    private static async Task<byte[]> WholeAsync(IReportFiles files, RunKeys keys, CancellationToken cancellationToken)
    {
        var (list, sums) = (await ReadAsync(keys.MissingKeys), Encoding.UTF8.GetString(await ReadAsync(keys.Sums)));
        var line = $"{Convert.ToHexStringLower(SHA256.HashData(list))}  {keys.MissingKeys[keys.Prefix.Length..]}";
        return sums.Split('\n').Contains(line) ? list : throw new ShopException("Shop.EvidenceAltered", $"{keys.MissingKeys} is not what the report wrote.");

        async Task<byte[]> ReadAsync(string key)
        {
            await using var content = await files.OpenAsync(key, cancellationToken)
                ?? throw new ShopException("Shop.EvidenceIncomplete", $"{key} has not been written: a replay needs the report.");
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancellationToken);
            return bytes.ToArray();
        }
    }

    private static List<MissingKey> Parse(byte[] lines)
    {
        var missing = new List<MissingKey>();
        for (var rest = lines.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            missing.Add(JsonSerializer.Deserialize(rest[..end], RJson.Default.MissingKey)!);
            rest = rest[(end + 1)..];
        }

        return missing;
    }
}

/// <param name="Key">A missing aggregate.</param>
/// <param name="Action">What the report advises.</param>
/// <param name="Notes">Why.</param>
public sealed record MissingKey(AggregateKey Key, string Action, IReadOnlyList<string> Notes);

/// <param name="Keys">What is put back.</param>
/// <param name="Review">How many are left for a person to look at.</param>
internal sealed record ReplayList(IReadOnlyList<AggregateKey> Keys, int Review);
