using System.Collections.Frozen;
using System.Text.Json;

namespace Shop.Asl.Choices;

/// <summary>The operators by the names they have in a definition.</summary>
internal static class Operators
{
    /// <summary>Each of them exists a second time, with Path at the end.</summary>
    public static readonly FrozenDictionary<string, Comparer> Comparers = new Dictionary<string, Comparer>
    {
        ["BooleanEquals"] = new BooleanComparer(),
        ["StringEquals"] = new TextComparer(Relation.Equal),
        ["StringLessThan"] = new TextComparer(Relation.Less),
        ["StringLessThanEquals"] = new TextComparer(Relation.LessOrEqual),
        ["StringGreaterThan"] = new TextComparer(Relation.Greater),
        ["StringGreaterThanEquals"] = new TextComparer(Relation.GreaterOrEqual),
        ["NumericEquals"] = new NumericComparer(Relation.Equal),
        ["NumericLessThan"] = new NumericComparer(Relation.Less),
        ["NumericLessThanEquals"] = new NumericComparer(Relation.LessOrEqual),
        ["NumericGreaterThan"] = new NumericComparer(Relation.Greater),
        ["NumericGreaterThanEquals"] = new NumericComparer(Relation.GreaterOrEqual),
        ["TimestampEquals"] = new TimestampComparer(Relation.Equal),
        ["TimestampLessThan"] = new TimestampComparer(Relation.Less),
        ["TimestampLessThanEquals"] = new TimestampComparer(Relation.LessOrEqual),
        ["TimestampGreaterThan"] = new TimestampComparer(Relation.Greater),
        ["TimestampGreaterThanEquals"] = new TimestampComparer(Relation.GreaterOrEqual),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static readonly FrozenDictionary<string, Func<JsonElement, bool>> TypeTests = new Dictionary<string, Func<JsonElement, bool>>
    {
        ["IsNull"] = value => value.ValueKind == JsonValueKind.Null,
        ["IsString"] = value => value.ValueKind == JsonValueKind.String,
        ["IsNumeric"] = value => value.ValueKind == JsonValueKind.Number,
        ["IsBoolean"] = value => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        ["IsTimestamp"] = value => TimestampComparer.TryRead(value, out _),
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
