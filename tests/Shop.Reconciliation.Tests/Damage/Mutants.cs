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
            ["no version, so that live updates look like losses"] = (null, plan => plan with { Root = plan.Root with { UpdatedAt = null } }),
            ["no creation time, so that new orders look resurrected"] = (null, plan => plan with { Root = plan.Root with { CreatedAt = null } }),
        };

    [GeneratedRegex(@"CONCAT\((ISNULL\([^)]*\)(, )?)+\)")]
    private static partial Regex Nulls();

    [GeneratedRegex(@"LENGTH\([^)]*\), ")]
    private static partial Regex Lengths();
}
