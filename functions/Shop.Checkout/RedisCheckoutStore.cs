using System.Text.Json;
using StackExchange.Redis;

namespace Shop.Checkout;

/// <summary>Checkouts in Redis, one string per customer, forgotten after a day.</summary>
internal sealed class RedisCheckoutStore(RedisConnection redis) : ICheckoutStore
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public async Task<StoredCheckout?> FindAsync(string customerId, CancellationToken cancellationToken)
    {
        var value = await redis.UseAsync(db => db.StringGetAsync(Key(customerId)), cancellationToken);
        return value.IsNull ? null : JsonSerializer.Deserialize((string)value!, CheckoutJson.Default.StoredCheckout);
    }

    public Task SaveAsync(string customerId, StoredCheckout checkout, CancellationToken cancellationToken) =>
        redis.UseAsync(db => db.StringSetAsync(Key(customerId), Serialize(checkout), Lifetime), cancellationToken);

    public Task DeleteAsync(string customerId, StoredCheckout checkout, CancellationToken cancellationToken) =>
        redis.UseAsync(
            db =>
            {
#pragma warning disable SER301 // A conditional delete in one command needs Redis 8.4.
                var transaction = db.CreateTransaction();
                transaction.AddCondition(Condition.StringEqual(Key(customerId), Serialize(checkout)));
                _ = transaction.KeyDeleteAsync(Key(customerId));
                return transaction.ExecuteAsync();
#pragma warning restore SER301
            },
            cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => redis.UseAsync(db => db.PingAsync(), cancellationToken);

    private static RedisKey Key(string customerId) => $"checkout:{customerId}";

    private static string Serialize(StoredCheckout checkout) => JsonSerializer.Serialize(checkout, CheckoutJson.Default.StoredCheckout);
}
