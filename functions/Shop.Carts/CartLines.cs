using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Shop.Lambda;

namespace Shop.Carts;

/// <summary>Reads and deletes lines in bulk.</summary>
internal sealed class CartLines(IAmazonDynamoDB dynamo, CartOptions options, TimeProvider time)
{
    private const int ReadBatch = 100;
    private const int WriteBatch = 25;
    private const int Attempts = 6;

    /// <summary>The ids of a customer's items in the index, which is always a little late.</summary>
    public async Task<IReadOnlyCollection<string>> QueryAsync(string customerId, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var request = new QueryRequest
        {
            TableName = options.Table,
            IndexName = CartTable.Index,
            KeyConditionExpression = "customerId = :customer",
            ProjectionExpression = "itemId",
            ExpressionAttributeValues = new() { [":customer"] = CartTable.S(customerId) },
        };
        do
        {
            var page = await DynamoCalls.Reached(() => dynamo.QueryAsync(request, cancellationToken), cancellationToken);
            ids.AddRange((page.Items ?? []).Select(i => i["itemId"].S));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return ids;
    }

    public async Task<IReadOnlyList<CartLine>> GetAsync(string customerId, IEnumerable<string> itemIds, CancellationToken cancellationToken)
    {
        var lines = new List<CartLine>();
        foreach (var chunk in itemIds.Chunk(ReadBatch))
        {
            var keys = chunk.Select(i => CartTable.Key(customerId, i)).ToList();
            for (var attempt = 1; keys.Count > 0; attempt++)
            {
                await PauseAsync(attempt, cancellationToken);
                var request = new BatchGetItemRequest
                {
                    RequestItems = new() { [options.Table] = new KeysAndAttributes { Keys = keys, ConsistentRead = true } },
                };
                var answer = await DynamoCalls.Reached(() => dynamo.BatchGetItemAsync(request, cancellationToken), cancellationToken);
                lines.AddRange((answer.Responses?.GetValueOrDefault(options.Table) ?? [])
                    .Select(i => CartTable.ToLine(i, time.GetUtcNow())).OfType<CartLine>());
                keys = answer.UnprocessedKeys?.GetValueOrDefault(options.Table)?.Keys ?? [];
            }
        }

        return [.. lines.OrderBy(l => l.ItemId, StringComparer.Ordinal)];
    }

    public async Task DeleteAsync(IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken cancellationToken)
    {
        foreach (var chunk in keys.Chunk(WriteBatch))
        {
            var writes = chunk.Select(k => new WriteRequest(new DeleteRequest(k))).ToList();
            for (var attempt = 1; writes.Count > 0; attempt++)
            {
                await PauseAsync(attempt, cancellationToken);
                var request = new BatchWriteItemRequest(new Dictionary<string, List<WriteRequest>> { [options.Table] = writes });
                var answer = await DynamoCalls.Reached(() => dynamo.BatchWriteItemAsync(request, cancellationToken), cancellationToken);
                writes = answer.UnprocessedItems?.GetValueOrDefault(options.Table) ?? [];
            }
        }
    }

    // Unprocessed keys are DynamoDB's way to throttle a part of a batch.
    private Task PauseAsync(int attempt, CancellationToken cancellationToken) => attempt switch
    {
        1 => Task.CompletedTask,
        <= Attempts => Task.Delay(TimeSpan.FromMilliseconds(25 << attempt), time, cancellationToken),
        _ => throw new DependencyUnavailableException("dynamodb", "The carts table left a part of a batch undone."),
    };
}
