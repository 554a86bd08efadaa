using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Shop.Lambda.Http;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>A small API that shows what reached it.</summary>
internal static class TestFunction
{
    public static readonly Dictionary<string, string?> Environment = new() { ["AWS_REGION"] = "eu-test-1", ["AWS_LAMBDA_LOG_LEVEL"] = "NONE" };

    public static Task<FunctionDriver> StartAsync(Action<WebApplication>? configure = null, TimeSpan? timeout = null, bool multiValue = true) =>
        FunctionDriver.StartAsync((api, stop) => RunAsync(configure, api, stop), timeout, multiValue);

    public static async Task<int> RunAsync(Action<WebApplication>? configure, HttpClient? runtimeApi, CancellationToken cancellationToken)
    {
        var builder = FunctionHost.CreateBuilder(TestJson.Default, Environment);
        await using var function = builder.Build();
        MapRoutes(function);
        configure?.Invoke(function);
        return await function.RunFunctionAsync(runtimeApi, cancellationToken);
    }

    public static void MapRoutes(WebApplication function)
    {
        function.MapGet("/things/{id:int}", (int id, int? page) =>
            id == 1 ? Results.Ok(new Thing("one", page ?? 1, [])) : Results.NotFound());
        function.MapPost("/things", (Thing thing) => TypedResults.Created($"/things/{thing.Name}", thing));
        function.MapGet("/boom", string () => throw new InvalidOperationException("a secret"));
        function.MapGet("/gone", string () => throw new DependencyUnavailableException("orders database", "no connection"));
        function.Map("/echo/{**rest}", EchoAsync);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var echo = new Echo(
            request.Method, request.Path.Value!, request.QueryString.Value ?? "", request.Scheme, request.Host.Value ?? "",
            context.Connection.RemoteIpAddress?.ToString() ?? "", context.Connection.LocalPort, Convert.ToBase64String(body.ToArray()),
            request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToArray()),
            request.Query.ToDictionary(q => q.Key, q => q.Value.ToArray()),
            context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        await context.Response.WriteAsJsonAsync(echo, TestJson.Default.Echo);
    }
}

internal sealed record Thing(string Name, int Quantity, IReadOnlyList<Part> Parts, string? Note = null);

internal sealed record Part(string ProductId, int Count);

internal sealed record Echo(
    string Method, string Path, string Query, string Scheme, string Host, string Remote, int Port, string Body,
    IReadOnlyDictionary<string, string?[]> Headers, IReadOnlyDictionary<string, string?[]> Parameters, string RawTarget);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Thing))]
[JsonSerializable(typeof(Echo))]
internal sealed partial class TestJson : JsonSerializerContext;
