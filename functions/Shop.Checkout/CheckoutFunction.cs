using Shop.Lambda;

namespace Shop.Checkout;

public static class CheckoutFunction
{
    /// <param name="runtimeApi">A Runtime API to serve; otherwise the environment decides.</param>
    /// <param name="environment">Stands in for the process environment.</param>
    /// <param name="cancellationToken">Stops the function.</param>
    public static async Task<int> RunAsync(
        HttpClient? runtimeApi = null, IReadOnlyDictionary<string, string?>? environment = null, CancellationToken cancellationToken = default)
    {
        var builder = FunctionHost.CreateBuilder(CheckoutJson.Default, environment);
        builder.Services.AddCheckout(new FunctionEnvironment(environment));

        await using var function = builder.Build();
        function.MapCheckout();
        return await function.RunFunctionAsync(runtimeApi, cancellationToken);
    }
}
