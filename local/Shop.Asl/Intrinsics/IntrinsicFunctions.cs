using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Intrinsics;

/// <summary>The functions by name.</summary>
internal static class IntrinsicFunctions
{
    public static readonly FrozenDictionary<string, IntrinsicFunction> ByName = new Dictionary<string, IntrinsicFunction>
    {
        ["States.Format"] = new(1, int.MaxValue, TextFunctions.Format),
        ["States.StringToJson"] = new(1, 1, TextFunctions.StringToJson),
        ["States.JsonToString"] = new(1, 1, a => Json.String(Json.Text(a[0]))),
        ["States.StringSplit"] = new(2, 2, TextFunctions.StringSplit),
        ["States.Base64Encode"] = new(1, 1, TextFunctions.Base64Encode),
        ["States.Base64Decode"] = new(1, 1, TextFunctions.Base64Decode),
        ["States.Hash"] = new(2, 2, TextFunctions.Hash),
        ["States.UUID"] = new(0, 0, TextFunctions.Uuid),
        ["States.Array"] = new(0, int.MaxValue, a => Json.Array(a.Values)),
        ["States.ArrayPartition"] = new(2, 2, ArrayFunctions.Partition),
        ["States.ArrayContains"] = new(2, 2, ArrayFunctions.Contains),
        ["States.ArrayRange"] = new(3, 3, ArrayFunctions.Range),
        ["States.ArrayGetItem"] = new(2, 2, ArrayFunctions.GetItem),
        ["States.ArrayLength"] = new(1, 1, a => Json.Number(a.Array(0).GetArrayLength())),
        ["States.ArrayUnique"] = new(1, 1, ArrayFunctions.Unique),
        ["States.JsonMerge"] = new(3, 3, JsonMerge),
        ["States.MathAdd"] = new(2, 2, MathAdd),
        ["States.MathRandom"] = new(2, 3, MathRandom),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static JsonElement JsonMerge(IntrinsicArguments arguments)
    {
        var (first, second) = (arguments.Object(0), arguments.Object(1));
        if (arguments.Boolean(2))
        {
            throw new IntrinsicException("Only the shallow merging mode is supported: the third argument must be false");
        }

        return Json.Build((first, second), static (writer, both) =>
        {
            writer.WriteStartObject();
            foreach (var property in both.first.EnumerateObject())
            {
                writer.WritePropertyName(property);
                writer.WriteRaw(both.second.TryGetProperty(property.Name, out var winner) ? winner : property.Value);
            }

            foreach (var property in both.second.EnumerateObject())
            {
                if (!both.first.TryGetProperty(property.Name, out _))
                {
                    writer.WritePropertyName(property);
                    writer.WriteRaw(property.Value);
                }
            }

            writer.WriteEndObject();
        });
    }

    private static JsonElement MathAdd(IntrinsicArguments arguments)
    {
        var sum = (long)arguments.Integer(0) + arguments.Integer(1);
        return sum is >= int.MinValue and <= int.MaxValue
            ? Json.Number(sum)
            : throw new IntrinsicException(string.Create(CultureInfo.InvariantCulture, $"The sum is not in the range of a 32-bit integer: {sum}"));
    }

    private static JsonElement MathRandom(IntrinsicArguments arguments)
    {
        var (from, to) = (arguments.Integer(0), arguments.Integer(1));
        if (from >= to)
        {
            throw new IntrinsicException("The start of the range must be less than its end");
        }

        // With a seed the same number comes each time, whatever else was drawn in the execution.
        return Json.Number(arguments.Count == 3 ? new Random(arguments.Integer(2)).Next(from, to) : arguments.Random.Next(from, to));
    }
}
