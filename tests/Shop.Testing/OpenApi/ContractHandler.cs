using System.Collections.Concurrent;

namespace Shop.Testing.OpenApi;

/// <summary>Holds every answer of the store's APIs, and every request that they accept, against the API's own OpenAPI document.</summary>
public sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly string[] Services = ["catalogue", "catalog", "carts", "checkout", "orders"];

    // The document follows from the code alone: one for all the functions that a test run starts.
    private static readonly ConcurrentDictionary<string, ApiContract> Contracts = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var service = request.RequestUri!.AbsolutePath.Split('/')[1];
        if (!Services.Contains(service))
        {
            return response;
        }

        await response.Content.LoadIntoBufferAsync(cancellationToken);
        var exchange = await Exchange.ReadAsync(request, body, response);
        var violations = (await ContractOfAsync(service, request.RequestUri, cancellationToken)).Check(exchange);
        return violations.Count == 0 ? response : throw new ContractViolationException(exchange, violations);
    }

    private async Task<ApiContract> ContractOfAsync(string service, Uri request, CancellationToken cancellationToken)
    {
        if (Contracts.TryGetValue(service, out var known))
        {
            return known;
        }

        var name = service == "catalogue" ? "catalog" : service;
        using var question = new HttpRequestMessage(HttpMethod.Get, new Uri(request, $"/{name}/openapi.json"));
        using var answer = await base.SendAsync(question, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? Contracts.GetOrAdd(service, ApiContract.Parse(text))
            : throw new InvalidOperationException($"/{name}/openapi.json answered {(int)answer.StatusCode}: {text}");
    }
}
