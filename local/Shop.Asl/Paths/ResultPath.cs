using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;

namespace Shop.Asl.Paths;

/// <summary>Where a result goes in the state's input: in its place, nowhere, or to a place that is made if need be.</summary>
internal sealed class ResultPath
{
    private readonly JsonPath? _path;

    private ResultPath(JsonPath? path)
    {
        _path = path;
    }

    public static ResultPath Replace { get; } = new(null);

    public static ResultPath Discard { get; } = new(null);

    public static ResultPath At(JsonPath path) => path.Segments.Count == 0 ? Replace : new ResultPath(path);

    public JsonElement Apply(JsonElement input, JsonElement result)
    {
        if (_path is null)
        {
            return this == Replace ? result : input;
        }

        return Json.Build((This: this, input, result), static (writer, it) => it.This.Write(writer, it.input, it.result, 0));
    }

    private void Write(Utf8JsonWriter writer, JsonElement? current, JsonElement result, int depth)
    {
        if (depth == _path!.Segments.Count)
        {
            writer.WriteRaw(result);
            return;
        }

        switch (_path.Segments[depth])
        {
            case ChildSegment child when current is null or { ValueKind: JsonValueKind.Object }:
                WriteObject(writer, current, child.Name, result, depth);
                break;
            case IndexSegment index when current is { ValueKind: JsonValueKind.Array } array && index.Index >= 0 && index.Index < array.GetArrayLength():
                WriteArray(writer, array, index.Index, result, depth);
                break;
            default:
                throw new StatesException(ErrorNames.ResultPathMatchFailure, $"Unable to apply Reference Path '{_path}' to the state's input") { IsEvaluation = true };
        }
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement? current, string name, JsonElement result, int depth)
    {
        writer.WriteStartObject();
        var isWritten = false;
        if (current is { } input)
        {
            foreach (var property in input.EnumerateObject())
            {
                if (property.NameEquals(name))
                {
                    writer.WritePropertyName(name);
                    Write(writer, property.Value, result, depth + 1);
                    isWritten = true;
                }
                else
                {
                    writer.WritePropertyName(property);
                    writer.WriteRaw(property.Value);
                }
            }
        }

        if (!isWritten)
        {
            writer.WritePropertyName(name);
            Write(writer, null, result, depth + 1);
        }

        writer.WriteEndObject();
    }

    private void WriteArray(Utf8JsonWriter writer, JsonElement array, int index, JsonElement result, int depth)
    {
        writer.WriteStartArray();
        var position = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (position++ == index)
            {
                Write(writer, item, result, depth + 1);
            }
            else
            {
                writer.WriteRaw(item);
            }
        }

        writer.WriteEndArray();
    }
}
