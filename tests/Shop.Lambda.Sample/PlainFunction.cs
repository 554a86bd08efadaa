using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Lambda.Sample;

/// <summary>A web application as its template has it, with the one line that makes it a function; it knows nothing else of this project.</summary>
internal static class PlainFunction
{
    public static async Task<int> RunAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAWSLambdaHosting(LambdaEventSource.ApplicationLoadBalancer);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapGet("/hello/{name}", (string name, HttpRequest request) => $"Hello {name} at {request.PathBase}");
        app.MapGet("/fail", string () => throw new InvalidOperationException("a secret"));
        app.MapGet("/stubborn", async (int milliseconds) => await Task.Delay(milliseconds, CancellationToken.None));
        await app.RunAsync();
        return Environment.ExitCode;
    }
}
