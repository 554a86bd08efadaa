using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.Contracts;

namespace Shop.Lambda.Http;

/// <summary>A dependency of a service: the probe throws when it can't be used.</summary>
/// <param name="Name">How the answer names it.</param>
/// <param name="Probe">Touches the dependency.</param>
/// <param name="IsVital">Without a vital dependency the service answers 503; the state of any other is only told.</param>
public sealed record HealthCheck(string Name, Func<CancellationToken, Task> Probe, bool IsVital = true);

/// <summary>Adds <c>GET {prefix}/health</c>; <c>?shallow=true</c> answers without touching a dependency.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(2);

    public static void MapHealth(this WebApplication function, IEnumerable<string> prefixes, params HealthCheck[] checks)
    {
        var region = function.Services.GetRequiredService<FunctionEnvironment>().Region;
        foreach (var prefix in prefixes)
            function.MapGet($"{prefix}/health", (string? shallow, HttpContext context) => AnswerAsync(context, shallow, region, checks))
                .WithSummary("Whether the service can work; ?shallow=true answers without asking its stores")
                .WithTags("Health")
                .Produces<Health>()
                .Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task AnswerAsync(HttpContext context, string? asked, string region, HealthCheck[] checks)
    {
        var shallow = string.Equals(asked, "true", StringComparison.OrdinalIgnoreCase);
        var states = new ConcurrentDictionary<string, string>();
        if (!shallow)
            await Task.WhenAll(checks.Select(async c => states[c.Name] = await ProbeAsync(c, context.RequestAborted) ? "ok" : "unavailable"));

        var ok = checks.All(c => !c.IsVital || states.GetValueOrDefault(c.Name, "ok") == "ok");
        context.Response.StatusCode = ok ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(
            new Health(ok ? "ok" : "unavailable", region, new SortedDictionary<string, string>(states)), ConventionsJson.Default.Health));
    }

    private static async Task<bool> ProbeAsync(HealthCheck check, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ProbeLimit);
        try
        {
            // Some drivers ignore the token while they connect.
            await check.Probe(limit.Token).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}
