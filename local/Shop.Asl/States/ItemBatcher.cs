using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.Expressions;

namespace Shop.Asl.States;

/// <summary>Gives the children of a distributed Map several items at a time: <c>{"BatchInput": …, "Items": […]}</c>.</summary>
internal sealed record ItemBatcher(Expression? MaxItems, Expression? MaxBytes, Template? BatchInput)
{
    public static int Positive(Expression expression, in Scope scope, string field)
    {
        var value = expression.Evaluate(scope, field);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0
            ? number
            : throw StatesException.Runtime($"The {field} parameter does not reference a positive integer: {expression} == {value.GetRawText()}");
    }

    /// <returns>The inputs of the children and how many items are in each.</returns>
    public List<(JsonElement Input, int Items)> Batch(IEnumerable<JsonElement> items, in Scope scope)
    {
        var most = MaxItems is null ? int.MaxValue : Positive(MaxItems, scope, "MaxItemsPerBatchPath");
        var mostBytes = MaxBytes is null ? Limits.PayloadBytes : Positive(MaxBytes, scope, "MaxInputBytesPerBatchPath");
        var common = BatchInput?.Evaluate(scope);
        List<(JsonElement, int)> batches = [];
        List<JsonElement> batch = [];
        var empty = Json.Size(Input([], common));
        var bytes = empty;
        foreach (var item in items)
        {
            var size = Json.Size(item) + 1;
            if (batch.Count > 0 && (batch.Count == most || bytes + size > mostBytes))
            {
                batches.Add((Input(batch, common), batch.Count));
                batch.Clear();
                bytes = empty;
            }

            batch.Add(item);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            batches.Add((Input(batch, common), batch.Count));
        }

        return batches;
    }

    private static JsonElement Input(List<JsonElement> items, JsonElement? common) => Json.Build((items, common), static (writer, it) =>
    {
        writer.WriteStartObject();
        if (it.common is { } batchInput)
        {
            writer.WritePropertyName("BatchInput"u8);
            writer.WriteRaw(batchInput);
        }

        writer.WriteStartArray("Items"u8);
        foreach (var item in it.items)
        {
            writer.WriteRaw(item);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
