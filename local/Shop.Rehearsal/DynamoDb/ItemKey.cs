namespace Shop.Rehearsal.DynamoDb;

/// <summary>An item's table, and its key as the JSON object that DynamoDB takes.</summary>
internal readonly record struct ItemKey(string Table, string Json);
