using System.IO.Compression;
using System.Net;
using System.Text;
using Shop.Functions.Tests.Orders;
using Shop.Functions.Tests.Stores;
using Shop.Rehearsal.Lambda;
using Shop.Rehearsal.LoadBalancing;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Supervision;
using Shop.Testing.Engines;

namespace Shop.Functions.Tests.Packaging;

/// <summary>One function stands for all: it speaks to MySQL over TLS, to RabbitMQ, to Secrets Manager. The drill and the benchmark run the others.</summary>
[Collection(StoreFixture.Name)]
public sealed class WhenFunctionsAreCompiledAheadOfTime(StoreFixture store, PackagedOrders package)
{
    [Fact]
    public async Task The_zip_has_a_bootstrap_that_lambda_can_execute_and_is_small()
    {
        await package.MakeAsync();

        await using var zip = await ZipFile.OpenReadAsync(PackagedOrders.Zip, TestContext.Current.CancellationToken);
        var bootstrap = zip.GetEntry("bootstrap");

        Assert.NotNull(bootstrap);
        Assert.Equal(0x1ED, (bootstrap.ExternalAttributes >> 16) & 0x1FF);
        Assert.DoesNotContain(zip.Entries, e => e.Name.EndsWith(".pdb", StringComparison.Ordinal) || e.Name.EndsWith(".dbg", StringComparison.Ordinal));
        Assert.InRange(new FileInfo(PackagedOrders.Zip).Length, 1_000_000, 10_000_000);
    }

    [Fact]
    public async Task A_binary_that_needs_a_newer_glibc_than_lambda_has_is_refused()
    {
        var output = await package.MakeAsync();

        // The same binary against an older system: the check can fail.
        var (code, complaint) = await PackagedOrders.RunScriptAsync(("NEWEST_GLIBC", "2.17"));

        Assert.Contains("2.34", output, StringComparison.Ordinal);
        Assert.NotEqual(0, code);
        Assert.Contains("needs glibc 2.34; Amazon Linux 2023 has 2.17", complaint, StringComparison.Ordinal);
        // The refused package is gone; the others of this class need it.
        Assert.False(File.Exists(PackagedOrders.Zip));
        Assert.Equal(0, (await PackagedOrders.RunScriptAsync()).ExitCode);
    }

    [Fact]
    public async Task It_places_replays_reads_lists_and_cancels_orders_over_verified_tls()
    {
        await package.MakeAsync();
        await using var function = await StartAsync();
        var key = SampleOrder.NewKey();
        var order = SampleOrder.Json();

        var placed = await function.SendAsync(HttpMethod.Post, "/orders", order.ToJsonString(), key);
        var replayed = await function.SendAsync(HttpMethod.Post, "/orders", order.ToJsonString(), key);
        var read = await function.SendAsync(HttpMethod.Get, $"/orders/{key}");
        var listed = await function.SendAsync(HttpMethod.Get, $"/orders?customerId={order["customerId"]}");
        var refused = await function.SendAsync(HttpMethod.Post, "/orders", """{"total":"x"}""", key);
        var cancelled = await function.SendAsync(HttpMethod.Post, $"/orders/{key}/cancel");
        var health = await function.SendAsync(HttpMethod.Get, "/orders/health");
        var document = await function.SendAsync(HttpMethod.Get, "/orders/openapi.json");

        Assert.Equal(
            [(201, true), (200, true), (200, true), (200, true), (400, false), (200, true), (200, false), (200, false)],
            new[] { placed, replayed, read, listed, refused, cancelled, health, document }.Select(a => (a.Status, a.Text.Contains(key, StringComparison.Ordinal))));
        Assert.Equal(placed.Text, replayed.Text);
        Assert.Contains("\"broker\":\"ok\"", health.Text, StringComparison.Ordinal);
        Assert.Contains("\"openapi\"", document.Text, StringComparison.Ordinal);
    }

    private async Task<CompiledFunction> StartAsync() => await CompiledFunction.StartAsync(store.OrdersEnvironment(
        ("DB_SSL_MODE", "VerifyFull"), ("DB_SSL_CA", TestEngines.Host.Tls.Authority),
        ("SSL_CERT_FILE", TestEngines.Host.Tls.NoOthers), ("SSL_CERT_DIR", Path.GetDirectoryName(TestEngines.Host.Tls.NoOthers) + "/none")));

    /// <summary>The packaged process behind the Region's Lambda and load balancer.</summary>
    private sealed class CompiledFunction(LambdaService lambda, LoadBalancer balancer, string logs) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = balancer.Address };

        public static async Task<CompiledFunction> StartAsync(IReadOnlyDictionary<string, string?> environment)
        {
            var power = new RegionPower(StoreFixture.Region);
            var logs = Directory.CreateTempSubdirectory("shop-packaged-").FullName;
            var lambda = await LambdaService.StartAsync(power, new LambdaOptions { Launcher = new GuardedLauncher(), LogFolder = logs });
            lambda.Deploy(new FunctionDefinition(
                "orders", PackagedOrders.Executable, [], "orders",
                environment.ToDictionary(e => e.Key, e => e.Value ?? ""), TimeSpan.FromSeconds(20)));
            var balancer = await LoadBalancer.StartAsync(power, lambda, new LoadBalancerOptions { Rules = [new ListenerRule("/orders*", "orders")] });
            return new CompiledFunction(lambda, balancer, logs);
        }

        public async Task<(int Status, string Text)> SendAsync(HttpMethod method, string path, string? json = null, string? key = null)
        {
            using var request = new HttpRequestMessage(method, path);
            request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            using var answer = await _http.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            // A function that died answers 502: its log says why.
            Assert.True(answer.StatusCode != HttpStatusCode.BadGateway, text + string.Concat(Directory.GetFiles(logs).Select(File.ReadAllText)));
            return ((int)answer.StatusCode, text);
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await balancer.DisposeAsync();
            await lambda.DisposeAsync();
            Directory.Delete(logs, recursive: true);
        }
    }
}
