using System.Text.RegularExpressions;
using Shop.Reconciliation.Comparing;
using Shop.Reconciliation.Plans;

namespace Shop.Reconciliation.Tests.Damage;

/// <summary>Comparers that are wrong in ways that have been seen in the wild.</summary>
internal static partial class Mutants
{
    private static readonly RowHash Right = RowHash.Sha1Sum;

    public static IReadOnlyDictionary<string, (RowHash? Hash, Func<ReconciliationPlan, ReconciliationPlan>? Change)> All { get; } =
        new Dictionary<string, (RowHash?, Func<ReconciliationPlan, ReconciliationPlan>?)>(StringComparer.Ordinal)
        {
            ["XOR of the CRCs instead of a sum"] = (RowHash.Crc32Sum with { OfRows = hash => $"COALESCE(BIT_XOR({hash}), 0)" }, null),
            ["number of rows only"] = (Right with { OfRows = _ => "0" }, null),
            ["NULLs left out of the hash"] = (Right with { OfRow = bytes => Right.OfRow(Nulls().Replace(bytes, "''")) }, null),
            ["values run together without their lengths"] = (Right with { OfRow = bytes => Right.OfRow(Lengths().Replace(bytes, "")) }, null),
            ["only the beginning of a row"] = (Right with { OfRow = bytes => Right.OfRow($"LEFT({bytes}, 100)") }, null),
            ["case folded, as a collation does"] = (Right with { OfRow = bytes => Right.OfRow($"LOWER(CONVERT({bytes} USING utf8mb4))") }, null),
            ["the greatest hash instead of the sum"] = (Right with { OfRows = hash => $"COALESCE(MAX({hash}), 0)" }, null),
            ["ids only"] = (null, plan => plan with
            {
                Root = plan.Root with { Ignore = ["region", "epoch", "currency", "total", "email", "note", "remark", "weight", "token", "flags", "label", "created_on", "updated_at", "code_word", "seen"] },
                Children = [],
            }),
            ["items ignored"] = (null, plan => plan with { Children = [] }),
            ["versions compared and nothing else"] = (null, plan => plan with
            {
                Root = plan.Root with { Ignore = ["total", "note", "remark", "weight", "token", "flags", "code_word", "seen"] },
                Children = [],
            }),
            ["the row on a range's upper edge in none"] = (Right with { OfQuery = sql => sql.Replace(" <= @", " < @", StringComparison.Ordinal) }, null),
            ["one bucket of those that differ not opened"] = (Right with { OfQuery = sql => ChosenBuckets().Replace(sql, "& 63) IN ($1)") }, null),
            ["children only counted"] = (Right with { OfQuery = sql => sql.Contains("FROM `child`", StringComparison.Ordinal) ? Summed().Replace(sql, "CAST(0 AS CHAR)") : sql }, null),
            ["replication taken to have brought everything"] = (null, plan => plan with { LongestTransactionSeconds = -3600 }),
            ["replication taken to have brought nothing"] = (null, plan => plan with { LongestTransactionSeconds = 1_000_000 }),
            ["no version, so that live updates look like losses"] = (null, plan => plan with { Root = plan.Root with { UpdatedAt = null } }),
            ["no creation time, so that new orders look resurrected"] = (null, plan => plan with { Root = plan.Root with { CreatedAt = null } }),
        };

    [GeneratedRegex(@"CONCAT\((ISNULL\([^)]*\)(, )?)+\)")]
    private static partial Regex Nulls();

    [GeneratedRegex(@"& 63\) IN \((\d+)(?:, \d+)+\)")]
    private static partial Regex ChosenBuckets();

    [GeneratedRegex(@"CAST\(COALESCE\(SUM\(.*?\), 0\) AS CHAR\)")]
    private static partial Regex Summed();

    [GeneratedRegex(@"LENGTH\([^)]*\), ")]
    private static partial Regex Lengths();
}
