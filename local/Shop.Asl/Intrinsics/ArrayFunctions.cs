using System.Text.Json;
using Shop.Asl.Data;

namespace Shop.Asl.Intrinsics;

/// <summary>The functions on arrays.</summary>
internal static class ArrayFunctions
{
    private const int MaxRange = 1000;

    public static JsonElement Partition(IntrinsicArguments arguments)
    {
        var array = arguments.Array(0);
        var size = arguments.Integer(1);
        if (size <= 0)
        {
            throw new IntrinsicException("The size of a chunk must be a positive integer");
        }

        return Json.Array([.. array.EnumerateArray().Chunk(size).Select(Json.Array)]);
    }

    public static JsonElement Contains(IntrinsicArguments arguments)
    {
        foreach (var item in arguments.Array(0).EnumerateArray())
        {
            if (JsonElement.DeepEquals(item, arguments[1]))
            {
                return Json.True;
            }
        }

        return Json.False;
    }

    public static JsonElement Range(IntrinsicArguments arguments)
    {
        var (first, last, step) = (arguments.Integer(0), arguments.Integer(1), arguments.Integer(2));
        if (step == 0)
        {
            throw new IntrinsicException("The step of a range can't be 0");
        }

        var count = Math.Max(0, (((long)last - first) / step) + 1);
        if ((step > 0 && last < first) || (step < 0 && last > first))
        {
            count = 0;
        }

        if (count > MaxRange)
        {
            throw new IntrinsicException($"A range can't have more than {MaxRange} elements");
        }

        return Json.Build((first, step, count), static (writer, range) =>
        {
            writer.WriteStartArray();
            for (long i = 0; i < range.count; i++)
            {
                writer.WriteNumberValue(range.first + (i * range.step));
            }

            writer.WriteEndArray();
        });
    }

    public static JsonElement GetItem(IntrinsicArguments arguments)
    {
        var array = arguments.Array(0);
        var index = arguments.Integer(1);
        return index >= 0 && index < array.GetArrayLength()
            ? array[index]
            : throw new IntrinsicException($"The index {index} is out of the bounds of an array of {array.GetArrayLength()}");
    }

    public static JsonElement Unique(IntrinsicArguments arguments)
    {
        List<JsonElement> unique = [];
        foreach (var item in arguments.Array(0).EnumerateArray())
        {
            if (!unique.Exists(other => JsonElement.DeepEquals(other, item)))
            {
                unique.Add(item);
            }
        }

        return Json.Array(unique);
    }
}
