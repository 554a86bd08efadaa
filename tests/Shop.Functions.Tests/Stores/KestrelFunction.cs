using System.Text;
using Microsoft.AspNetCore.Builder;
using Shop.Testing.OpenApi;

namespace Shop.Functions.Tests.Stores;

/// <summary>A function on a port of its own: for tests that send many requests at once. Its answers must fit the API's OpenAPI document.</summary>
public sealed class KestrelFunction : IAsyncDisposable
{
    private readonly WebApplication _function;

    private KestrelFunction(WebApplication function)
    {
        _function = function;
        Http = new HttpClient(new ContractHandler(new SocketsHttpHandler())) { BaseAddress = new Uri(function.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _function.Services;

    public static async Task<KestrelFunction> StartAsync(
        Func<IReadOnlyDictionary<string, string?>, WebApplication> build, IReadOnlyDictionary<string, string?> environment)
    {
        var function = build(new Dictionary<string, string?>(environment) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" });
        await function.StartAsync();
        return new KestrelFunction(function);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _function.StopAsync();
        await _function.DisposeAsync();
    }
}
