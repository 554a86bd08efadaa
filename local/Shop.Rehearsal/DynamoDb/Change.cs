namespace Shop.Rehearsal.DynamoDb;

/// <summary>What an item has become by a write: all of it (JSON), or null when it was deleted.</summary>
internal sealed record Change(string Table, string Key, string? Item, long Microseconds, string Region)
{
    public ItemKey ItemKey => new(Table, Key);

    public Stamp Stamp => new(Microseconds, Region);

    public static Change Of(ItemKey key, string? item, Stamp stamp) => new(key.Table, key.Json, item, stamp.Microseconds, stamp.Region);
}
