using System.Text;

namespace Shop.Testing.OpenApi;

/// <summary>An API did what its OpenAPI document doesn't say.</summary>
public sealed class ContractViolationException(Exchange exchange, IReadOnlyList<string> violations) : Exception(
    $"""
    {exchange.Method} {exchange.Path}{exchange.Query} answered {exchange.Status}, which its OpenAPI document does not describe:
    - {string.Join("\n- ", violations)}
    request: {Start(exchange.RequestBody)}
    answer: {Start(exchange.Body)}
    """)
{
    private static string Start(byte[] body) => Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 500));
}
