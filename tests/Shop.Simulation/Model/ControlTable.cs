using System.Text.Json;
using Shop.Asl;
using Shop.Simulation.Model.Expressions;
using Item = System.Collections.Generic.Dictionary<string, System.Text.Json.JsonElement>;

namespace Shop.Simulation.Model;

/// <summary>One Region's replica of the control table. Conditions are evaluated; the other Region sees a write a second later, the last writer wins.</summary>
internal sealed class ControlTable(World world, string region)
{
    private static readonly TimeSpan ReplicationTakes = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (Item Item, DateTimeOffset At)> _items = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Item>> Items => _items.Select(i => KeyValuePair.Create(i.Key, i.Value.Item));

    public Item? Find(string key) => _items.TryGetValue(key, out var found) ? found.Item : null;

    public void Seed(JsonElement item) => Store(Read(item), DateTimeOffset.MinValue);

    public Item? Get(JsonElement request) => Find(KeyOf(request.GetProperty("Key")));

    public void Put(JsonElement request)
    {
        var item = Read(request.GetProperty("Item"));
        Check(request, Find(KeyOf(request.GetProperty("Item"))));
        Write(item);
    }

    public Item Update(JsonElement request)
    {
        var key = request.GetProperty("Key");
        var old = Find(KeyOf(key));
        Check(request, old);
        var item = old is null ? Read(key) : new Item(old, StringComparer.Ordinal);
        Evaluate(() => Expressions.Update.Apply(request.GetProperty("UpdateExpression").GetString()!, Scope.Of(old, request), item));
        Write(item);
        return item;
    }

    public void Delete(JsonElement request)
    {
        var key = KeyOf(request.GetProperty("Key"));
        Check(request, Find(key));
        _items.Remove(key);
    }

    private static string KeyOf(JsonElement item) => item.GetProperty("pk").GetProperty("S").GetString()!;

    private static Item Read(JsonElement item) => item.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);

    private static void Check(JsonElement request, Item? old)
    {
        var isMet = true;
        if (request.TryGetProperty("ConditionExpression", out var condition))
        {
            Evaluate(() => isMet = Condition.IsMet(condition.GetString()!, Scope.Of(old, request)));
        }

        if (!isMet)
        {
            throw new TaskFailureException("DynamoDB.ConditionalCheckFailedException", "The conditional request failed");
        }
    }

    private static void Evaluate(Action action)
    {
        try
        {
            action();
        }
        catch (ExpressionException e)
        {
            throw new TaskFailureException("DynamoDB.AmazonDynamoDBException", e.Message);
        }
    }

    private void Write(Item item)
    {
        Store(item, world.Time.Now);
        var at = world.Time.Now;
        world.Time.After(ReplicationTakes, () =>
        {
            if (!world.IsGone(RegionCode.Peer(region)) && !world.IsGone(region))
            {
                world.TableIn(RegionCode.Peer(region)).Store(item, at);
            }
        });
    }

    private void Store(Item item, DateTimeOffset at)
    {
        var key = item["pk"].GetProperty("S").GetString()!;
        if (!_items.TryGetValue(key, out var old) || old.At <= at)
        {
            _items[key] = (item, at);
        }
    }
}
