using Amazon.DynamoDBv2;
using Shop.Lambda.Resilience;

namespace Shop.Carts;

internal static class CartServices
{
    public static IServiceCollection AddCarts(this IServiceCollection services, CartOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IAmazonDynamoDB>(_ => DynamoCalls.CreateClient(options))
        .AddSingleton<DynamoCartStore>()
        .AddSingleton<ICartStore>(p => new GuardedCartStore(
            p.GetRequiredService<DynamoCartStore>(), new Circuit("dynamodb", p.GetRequiredService<TimeProvider>())))
        .AddSingleton<CartHandler>()
        .AddCartsDocument();
}
