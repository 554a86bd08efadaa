using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MySqlConnector;
using Shop.Reconciliation.Reports;
using Shop.Reconciliation.Tests.Servers;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Engines;
using Shop.Rehearsal.S3;
using Shop.Rehearsal.SecretsManager;
using Shop.Rehearsal.Supervision;
using Shop.Testing;

namespace Shop.Reconciliation.Tests;

/// <summary>The function itself as a process, with the store's own schema and plan, on a Runtime API, S3 and Secrets Manager.</summary>
public sealed class WhenTheExecutableRuns(TwoPrimaries servers) : IAsyncLifetime
{
    private const string Placed = "2026-11-23 11:59:50.000000";
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-executable-").FullName;
    private S3Server _s3 = null!;
    private AwsJsonServer _secrets = null!;

    public async ValueTask InitializeAsync()
    {
        _s3 = await S3Server.StartAsync(Path.Combine(_folder, "s3"));
        Directory.CreateDirectory(Path.Combine(_s3.Folder, "shop-reports"));
        var store = new SecretStore("us-west-2");
        store.Create("shop-orders-admin", $$"""{"username":"{{FixedSecrets.User}}","password":"{{FixedSecrets.Password}}"}""");
        _secrets = await AwsJsonServer.StartAsync(null, [SecretsManagerApi.Create(store)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _s3.DisposeAsync();
        await _secrets.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_stores_lost_orders_are_in_the_report_in_S3()
    {
        var database = await servers.CreateDatabaseAsync(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "functions", "Shop.Databases", "Schema", "orders", "0001_orders.sql"), Token));
        var kept = Guid.CreateVersion7();
        Guid[] lost = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        await PlaceAsync(servers.Old, database, kept, "2026-11-23 11:00:00");
        await PlaceAsync(servers.New, database, kept, "2026-11-23 11:00:00");
        await PlaceAsync(servers.Old, database, lost[0], Placed);
        await PlaceAsync(servers.Old, database, lost[1], Placed);

        var ends = $"\"source\":{Endpoint(servers.Old, database)},\"target\":{Endpoint(servers.New, database)}";
        await InvokeAsync("Plan", SamplePlan(servers.Old, servers.New, database));
        await InvokeAsync("Compare", $$"""{"runId":"sample-run","database":"orders","group":0,{{ends}}}""");
        var output = await InvokeAsync("Report", """{"runId":"sample-run","database":"orders","oldRegion":"us-east-1"}""");

        Assert.Equal((2, 2, "exact"), (output.GetProperty("missing").GetInt32(), output.GetProperty("missingItems").GetInt32(), output.GetProperty("completeness").GetString()));
        var run = Path.Combine(_s3.Folder, "shop-reports", "reconciliation", "orders", "sample-run");
        var json = await File.ReadAllBytesAsync(Path.Combine(run, "report.json"), Token);
        Assert.True(ReportHash.Verify(json));
        using var report = JsonDocument.Parse(json);
        Assert.Equal(
            lost.Select(l => l.ToString()).Order(StringComparer.Ordinal),
            report.RootElement.GetProperty("missing").EnumerateArray().Select(e => e.GetProperty("key").GetString()));
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            Assert.DoesNotContain("Ludwig", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The sample in <c>tests/events</c>, with servers that are there.</summary>
    private static string SamplePlan(MariaDbServer source, MariaDbServer target, string database)
    {
        var plan = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "events", "reconcile-plan.json")))!;
        plan["source"] = JsonNode.Parse(Endpoint(source, database));
        plan["target"] = JsonNode.Parse(Endpoint(target, database));
        return plan.ToJsonString();
    }

    private static string Endpoint(MariaDbServer server, string database) =>
        $$"""{"host":"127.0.0.1","port":{{server.Port}},"database":"{{database}}","secretId":"shop-orders-admin"}""";

    private static async Task PlaceAsync(MariaDbServer server, string database, Guid id, string at)
    {
        await using var connection = await TwoPrimaries.ConnectAsync(server, database);
        await using var command = new MySqlCommand(
            $"""
            INSERT INTO customer_order (id, customer_id, first_name, last_name, email, address1, city, created_on, updated_at, status, region, epoch,
              currency, subtotal, tax, shipping, total, content_hash)
            VALUES ('{id}', 'c1', 'Ludwig', 'Ludwigson', 'Ludwig@example.com', 'Ludwigstr. 1', 'Ludwigshafen', '{at}', '{at}', 'placed', 'us-east-1', 1,
              'USD', 1000, 50, 500, 1550, REPEAT('a', 64));
            INSERT INTO customer_order_item (order_id, product_id, name, quantity, unit_cost, total_cost, position)
            VALUES ('{id}', 'p1', 'Wood Watch', 2, 500, 1000, 0);
            """,
            connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<JsonElement> InvokeAsync(string handler, string payload)
    {
        await using var function = await FunctionDriver.StartAsync((api, stop) => RunAsync(handler, api.BaseAddress!, stop));
        var result = await function.InvokeAsync(payload);
        var text = Encoding.UTF8.GetString(result.Payload.Span);
        Assert.True(result.FunctionError is null, text);
        return JsonElement.Parse(text);
    }

    private async Task<int> RunAsync(string handler, Uri api, CancellationToken stop)
    {
        await using var process = await new GuardedLauncher().StartAsync(new ChildCommand
        {
            Name = handler,
            File = "dotnet",
            Arguments = [Path.Combine(AppContext.BaseDirectory, "Shop.Reconciliation.dll")],
            LogFile = Path.Combine(_folder, $"{handler}.log"),
            Environment = new Dictionary<string, string>
            {
                // The mailbox of this worker is a path below the authority.
                ["AWS_LAMBDA_RUNTIME_API"] = $"{api.Authority}{api.AbsolutePath}".TrimEnd('/'),
                ["AWS_LAMBDA_FUNCTION_NAME"] = handler,
                ["_HANDLER"] = handler,
                ["AWS_REGION"] = "us-west-2",
                ["AWS_ACCESS_KEY_ID"] = "rehearsal",
                ["AWS_SECRET_ACCESS_KEY"] = "rehearsal",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["AWS_ENDPOINT_URL_S3"] = _s3.Address.ToString(),
                ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = _secrets.Address.ToString(),
                ["REPORT_BUCKET"] = "shop-reports",
                ["DB_SSL_MODE"] = "None",
            },
        });
        await Task.WhenAny(process.Exited, Task.Delay(Timeout.Infinite, stop));
        return process.Exited.IsCompleted ? await process.Exited : 0;
    }
}
