using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Shop.Carts;

/// <summary>Which items a cart may hold: a string set beside the lines, under the customer's id.</summary>
/// <remarks>
/// The index answers which lines a customer has, but always with a delay, and the cart page is read right after a write. So each addition first enters
/// its item id here, and a read takes the ids of both, this one read consistently, and fetches the lines themselves consistently: a Region always reads
/// its own writes. The set is only a hint, never the truth: ids whose line is gone stay in it until it is full, and of two Regions that write it at the
/// same time one loses (last writer wins), which the index makes good once it has caught up.
/// </remarks>
internal sealed class CartContents(IAmazonDynamoDB dynamo, CartOptions options, TimeProvider time)
{
    public async Task<IReadOnlyCollection<string>> GetAsync(string customerId, CancellationToken cancellationToken)
    {
        var answer = await DynamoCalls.Reached(() => dynamo.GetItemAsync(
            new GetItemRequest { TableName = options.Table, Key = CartTable.ContentsKey(customerId), ConsistentRead = true }, cancellationToken), cancellationToken);
        return answer.Item?.GetValueOrDefault("lines")?.SS ?? [];
    }

    /// <summary>Answers false when it is full of other ids.</summary>
    public async Task<bool> TryEnterAsync(string customerId, string itemId, CancellationToken cancellationToken)
    {
        try
        {
            await UpdateAsync(customerId, "SET expiresAt = :expires ADD #lines :items", [itemId], cancellationToken, r =>
            {
                r.ConditionExpression = "attribute_not_exists(#lines) OR size(#lines) < :max OR contains(#lines, :item)";
                r.ExpressionAttributeValues[":max"] = CartTable.N(CartRules.MaxLines);
                r.ExpressionAttributeValues[":item"] = CartTable.S(itemId);
            });
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    public Task ReplaceAsync(string customerId, IEnumerable<string> itemIds, CancellationToken cancellationToken) =>
        UpdateAsync(customerId, "SET expiresAt = :expires, #lines = :items", itemIds, cancellationToken);

    private async Task UpdateAsync(
        string customerId, string update, IEnumerable<string> itemIds, CancellationToken cancellationToken, Action<UpdateItemRequest>? also = null)
    {
        var request = new UpdateItemRequest
        {
            TableName = options.Table,
            Key = CartTable.ContentsKey(customerId),
            UpdateExpression = update,
            ExpressionAttributeNames = new() { ["#lines"] = "lines" },
            ExpressionAttributeValues = new()
            {
                [":items"] = new AttributeValue { SS = [.. itemIds] },
                [":expires"] = CartTable.N((time.GetUtcNow() + CartTable.Lifetime).ToUnixTimeSeconds()),
            },
        };
        also?.Invoke(request);
        await DynamoCalls.Reached(() => dynamo.UpdateItemAsync(request, cancellationToken), cancellationToken);
    }
}
