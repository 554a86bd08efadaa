using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Shop.Lambda;

namespace Shop.Carts;

/// <summary>Carts in DynamoDB. Every write to a line is one conditional write, so two tabs or two Regions can't tear a line.</summary>
internal sealed class DynamoCartStore(IAmazonDynamoDB dynamo, CartOptions options, TimeProvider time) : ICartStore
{
    private const string IsLive = "attribute_exists(id) AND (attribute_not_exists(expiresAt) OR expiresAt > :now)";
    private const int Attempts = 10;
    private readonly CartContents _contents = new(dynamo, options, time);
    private readonly CartLines _lines = new(dynamo, options, time);

    public async Task<IReadOnlyList<CartLine>> GetAsync(string customerId, CancellationToken cancellationToken) =>
        await _lines.GetAsync(customerId, await AllIdsAsync(customerId, cancellationToken), cancellationToken);

    public async Task<CartLine?> FindAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        CartTable.ToLine(await GetItemAsync(CartTable.Key(customerId, itemId), cancellationToken), time.GetUtcNow());

    public async Task<AddOutcome> AddAsync(string customerId, CartLine line, CancellationToken cancellationToken)
    {
        if (!await _contents.TryEnterAsync(customerId, line.ItemId, cancellationToken)
            && !await TryEnterAfterCleaningAsync(customerId, line.ItemId, cancellationToken))
        {
            return new AddOutcome.CartFull();
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await TryUpdateAsync(AddRequest(customerId, line), cancellationToken) is { } added)
            {
                return new AddOutcome.Added(added);
            }

            var item = await GetItemAsync(CartTable.Key(customerId, line.ItemId), cancellationToken);
            if (CartTable.ToLine(item, time.GetUtcNow()) is { } present)
            {
                // The client sends a write again when its answer was lost; then the condition finds the first attempt's own mark.
                if (present.Change == line.Change)
                {
                    return new AddOutcome.Added(present);
                }

                if (present.Quantity + line.Quantity > CartRules.MaxQuantity)
                {
                    return new AddOutcome.LineFull(present.Quantity);
                }
            }
            else if (item is { Count: > 0 })
            {
                await DeleteAsync(customerId, line.ItemId, "expiresAt <= :now", [(":now", Now)], cancellationToken);
            }
        }

        throw new DependencyUnavailableException("dynamodb", "The cart line is being changed by too many others.");
    }

    public Task<CartLine?> SetAsync(string customerId, string itemId, int quantity, long? unitPrice, CancellationToken cancellationToken)
    {
        var request = UpdateRequest(customerId, itemId, "SET quantity = :quantity, #change = :change, expiresAt = :expires", NewChange());
        request.ConditionExpression = IsLive;
        request.ExpressionAttributeValues[":quantity"] = CartTable.N(quantity);
        request.ExpressionAttributeValues[":now"] = Now;
        if (unitPrice is { } price)
        {
            request.UpdateExpression += ", unitPrice = :price";
            request.ExpressionAttributeValues[":price"] = CartTable.N(price);
        }

        return TryUpdateAsync(request, cancellationToken);
    }

    public Task<bool> RemoveAsync(string customerId, string itemId, CancellationToken cancellationToken) =>
        DeleteAsync(customerId, itemId, IsLive, [(":now", Now)], cancellationToken);

    public async Task RemoveMovedAsync(string customerId, CartLine moved, CancellationToken cancellationToken)
    {
        if (await DeleteAsync(customerId, moved.ItemId, "quantity <= :moved", [(":moved", CartTable.N(moved.Quantity))], cancellationToken))
        {
            return;
        }

        var request = UpdateRequest(customerId, moved.ItemId, "SET quantity = quantity - :moved, #change = :change, expiresAt = :expires", NewChange());
        request.ConditionExpression = "quantity > :moved AND (attribute_not_exists(#change) OR #change <> :change)";
        request.ExpressionAttributeValues[":moved"] = CartTable.N(moved.Quantity);
        await TryUpdateAsync(request, cancellationToken);
    }

    // Deletes the hint with the lines. An item that is added at this very moment is then found by the index alone, a little later.
    public async Task ClearAsync(string customerId, CancellationToken cancellationToken)
    {
        var ids = await AllIdsAsync(customerId, cancellationToken);
        await _lines.DeleteAsync(ids.Select(i => CartTable.Key(customerId, i)).Append(CartTable.ContentsKey(customerId)), cancellationToken);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => GetItemAsync(CartTable.ContentsKey("health"), cancellationToken);

    private async Task<IEnumerable<string>> AllIdsAsync(string customerId, CancellationToken cancellationToken)
    {
        var ids = await Task.WhenAll(_contents.GetAsync(customerId, cancellationToken), _lines.QueryAsync(customerId, cancellationToken));
        return ids[0].Union(ids[1], StringComparer.Ordinal);
    }

    private async Task<bool> TryEnterAfterCleaningAsync(string customerId, string itemId, CancellationToken cancellationToken)
    {
        var lines = await GetAsync(customerId, cancellationToken);
        if (lines.Count >= CartRules.MaxLines)
        {
            return false;
        }

        await _contents.ReplaceAsync(customerId, lines.Select(l => l.ItemId).Append(itemId), cancellationToken);
        return true;
    }

    private UpdateItemRequest AddRequest(string customerId, CartLine line)
    {
        var request = UpdateRequest(
            customerId, line.ItemId,
            "SET customerId = :customer, itemId = :item, unitPrice = if_not_exists(unitPrice, :price), #change = :change, expiresAt = :expires ADD quantity :quantity",
            line.Change);
        request.ConditionExpression =
            $"attribute_not_exists(id) OR ({IsLive} AND quantity <= :room AND (attribute_not_exists(#change) OR #change <> :change))";
        var values = request.ExpressionAttributeValues;
        values[":customer"] = CartTable.S(customerId);
        values[":item"] = CartTable.S(line.ItemId);
        values[":price"] = CartTable.N(line.UnitPrice);
        values[":quantity"] = CartTable.N(line.Quantity);
        values[":room"] = CartTable.N(CartRules.MaxQuantity - line.Quantity);
        values[":now"] = Now;
        return request;
    }

    private UpdateItemRequest UpdateRequest(string customerId, string itemId, string update, string change) => new()
    {
        TableName = options.Table,
        Key = CartTable.Key(customerId, itemId),
        UpdateExpression = update,
        ReturnValues = ReturnValue.ALL_NEW,
        ExpressionAttributeNames = new() { ["#change"] = "change" },
        ExpressionAttributeValues = new()
        {
            [":change"] = CartTable.S(change),
            [":expires"] = CartTable.N((time.GetUtcNow() + CartTable.Lifetime).ToUnixTimeSeconds()),
        },
    };

    private async Task<CartLine?> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await DynamoCalls.Reached(() => dynamo.UpdateItemAsync(request, cancellationToken), cancellationToken);
            return CartTable.ToLine(answer.Attributes, time.GetUtcNow());
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    private async Task<bool> DeleteAsync(
        string customerId, string itemId, string condition, (string Name, AttributeValue Value)[] values, CancellationToken cancellationToken)
    {
        var request = new DeleteItemRequest
        {
            TableName = options.Table,
            Key = CartTable.Key(customerId, itemId),
            ConditionExpression = condition,
            ExpressionAttributeValues = values.ToDictionary(v => v.Name, v => v.Value),
        };
        try
        {
            await DynamoCalls.Reached(() => dynamo.DeleteItemAsync(request, cancellationToken), cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> GetItemAsync(Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var request = new GetItemRequest { TableName = options.Table, Key = key, ConsistentRead = true };
        return (await DynamoCalls.Reached(() => dynamo.GetItemAsync(request, cancellationToken), cancellationToken)).Item;
    }

    private AttributeValue Now => CartTable.N(time.GetUtcNow().ToUnixTimeSeconds());

    private static string NewChange() => Guid.CreateVersion7().ToString("N");
}
