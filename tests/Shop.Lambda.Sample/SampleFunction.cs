using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Shop.Lambda.Sample;

/// <summary>A small API that shows what reached it, and misbehaves when asked to.</summary>
public static class SampleFunction
{
    public static async Task<int> RunAsync(
        HttpClient? runtimeApi = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        Action<WebApplication>? configure = null,
        CancellationToken cancellationToken = default)
    {
        var builder = FunctionHost.CreateBuilder(SampleJson.Default, environment);
        await using var function = builder.Build();
        MapRoutes(function);
        configure?.Invoke(function);
        return await function.RunFunctionAsync(runtimeApi, cancellationToken);
    }

    private static void MapRoutes(WebApplication function)
    {
        function.MapGet("/things/{id:int}", (int id, int? page) =>
            id == 1 ? Results.Ok(new Thing("one", page ?? 1, [])) : Results.NotFound());
        function.MapPost("/things", (Thing thing) => TypedResults.Created($"/things/{Uri.EscapeDataString(thing.Name)}", thing));
        function.MapGet("/boom", string () => throw new InvalidOperationException("a secret"));
        function.MapGet("/gone", string () => throw new DependencyUnavailableException("orders database", "no connection"));
        function.MapGet("/slow", async (int milliseconds, CancellationToken aborted) => await Task.Delay(milliseconds, aborted));
        function.MapGet("/stubborn", async (int milliseconds) => await Task.Delay(milliseconds, CancellationToken.None));
        function.MapGet("/exit", void (int code) => Environment.Exit(code));
        function.MapGet("/nothing", () => Results.NoContent());
        function.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true).ToString(System.Globalization.CultureInfo.InvariantCulture));
        function.MapGet("/pid", () => Environment.ProcessId.ToString());
        function.MapGet("/variable", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
        function.MapGet("/memory", () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        function.MapGet("/hold", HoldAsync);
        function.Map("/echo/{**rest}", EchoAsync);
    }

    // Whoever asked sees by the file that the request has come, and ends it by deleting the file.
    private static async Task<string> HoldAsync(string file)
    {
        await File.WriteAllTextAsync(file, "");
        while (File.Exists(file))
            await Task.Delay(10);
        return "done";
    }

    private static async Task EchoAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        await context.Response.WriteAsJsonAsync(
            new Echo(
                request.Method,
                request.Path.Value!,
                context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                request.Scheme,
                request.Host.Value ?? "",
                context.Connection.RemoteIpAddress?.ToString() ?? "",
                context.Connection.LocalPort,
                Convert.ToBase64String(body.ToArray()),
                context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false,
                request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToArray()),
                request.Query.ToDictionary(q => q.Key, q => q.Value.ToArray())),
            SampleJson.Default.Echo);
    }
}
