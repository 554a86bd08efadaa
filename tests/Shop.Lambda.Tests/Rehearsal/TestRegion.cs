using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lambda.Sample;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.LoadBalancing;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Supervision;

namespace Shop.Lambda.Tests.Rehearsal;

/// <summary>Lambda of a Region with its REST API, and a load balancer when asked.</summary>
internal sealed class TestRegion : IAsyncDisposable
{
    // The loop of a custom runtime. What stands for BODY answers, fails or dies.
    private const string Runtime =
        """
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        answer() { curl -sS -o /dev/null -X POST "$api/invocation/$id/response" --data-raw "$1"; }
        fail() { curl -sS -o /dev/null -X POST "$api/invocation/$id/error" --data-raw "$1"; }
        headers=$(mktemp)
        while :; do
          event=$(curl -sS -D "$headers" "$api/invocation/next") || exit 1
          id=$(grep -i '^Lambda-Runtime-Aws-Request-Id:' "$headers" | tr -d '\r' | cut -d' ' -f2)
          BODY
        done
        """;

    private readonly WebApplication _api;

    private TestRegion(RegionPower power, LambdaService lambda, string folder, WebApplication api)
    {
        Power = power;
        Lambda = lambda;
        Folder = folder;
        _api = api;
        Http = new HttpClient { BaseAddress = new Uri(api.Urls.First()) };
    }

    public RegionPower Power { get; }

    public LambdaService Lambda { get; }

    public string Folder { get; }

    public HttpClient Http { get; private set; }

    public LoadBalancer? LoadBalancer { get; private set; }

    public static async Task<TestRegion> StartAsync(Func<LambdaOptions, LambdaOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("shop-lambda-").FullName;
        var power = new RegionPower("eu-test-1");
        var options = new LambdaOptions { Launcher = new GuardedLauncher(), LogFolder = folder };
        var lambda = await LambdaService.StartAsync(power, change?.Invoke(options) ?? options);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http1));
        var api = builder.Build();
        api.MapLambda(lambda);
        await api.StartAsync();
        return new TestRegion(power, lambda, folder, api);
    }

    public void DeployShell(string name, string body, string handler = "handler", TimeSpan? timeout = null, int maxConcurrency = 4) =>
        Lambda.Deploy(new FunctionDefinition(
            name, "/bin/sh", ["-c", Runtime.Replace("BODY", body, StringComparison.Ordinal)], handler,
            new Dictionary<string, string> { ["OWN"] = "mine" }, timeout ?? TimeSpan.FromSeconds(30), MaxConcurrency: maxConcurrency));

    /// <summary>The sample executable, as a process.</summary>
    public void DeploySample(string name, params string[] arguments) => Lambda.Deploy(new FunctionDefinition(
        name, "dotnet", [typeof(SampleFunction).Assembly.Location, .. arguments], "Add",
        new Dictionary<string, string>(), TimeSpan.FromSeconds(30)));

    public async Task BalanceAsync(Func<LoadBalancerOptions, LoadBalancerOptions>? change, params ListenerRule[] rules)
    {
        var options = new LoadBalancerOptions { Rules = rules };
        LoadBalancer = await Shop.Rehearsal.LoadBalancing.LoadBalancer.StartAsync(Power, Lambda, change?.Invoke(options) ?? options);
        Http.Dispose();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = LoadBalancer.Address };
    }

    public Task<InvokeResult> InvokeAsync(string function, string json) => Lambda.InvokeAsync(function, Encoding.UTF8.GetBytes(json));

    public async Task<HttpResponseMessage> PostAsync(string path, string json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (LoadBalancer is not null)
        {
            await LoadBalancer.DisposeAsync();
        }

        await _api.DisposeAsync();
        await Lambda.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
