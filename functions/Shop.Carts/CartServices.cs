using Amazon.DynamoDBv2;

namespace Shop.Carts;

internal static class CartServices
{
    public static IServiceCollection AddCarts(this IServiceCollection services, CartOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IAmazonDynamoDB>(_ => DynamoCalls.CreateClient(options))
        .AddSingleton<ICartStore, DynamoCartStore>()
        .AddSingleton<CartHandler>()
        .AddCartsDocument();
}
