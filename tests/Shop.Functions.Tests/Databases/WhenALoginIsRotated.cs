using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MySqlConnector;
using Shop.Functions.Tests.Stores;
using Shop.Migrator;
using Shop.Testing;

namespace Shop.Functions.Tests.Databases;

/// <summary>Rotation as Secrets Manager drives it, against a real database: two users take turns, and no login that was good before is refused after.</summary>
[Collection(StoreFixture.Name)]
public sealed class WhenALoginIsRotated(StoreFixture store)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_users_take_turns_and_the_one_before_stays_good()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await migrator.InvokeAsync("""{"database":"orders","region":"us-east-1"}""");
        await using var secrets = await RotatingSecret.StartAsync("orders_app", StoreFixture.Password);
        await using var function = await RotatorAsync(database, secrets);

        await RotateAsync(function, "first");
        Assert.Equal("orders_app_b", secrets.Current.Username);
        await MayReadOrdersAsync(database, secrets.Current);
        await MayReadOrdersAsync(database, ("orders_app", StoreFixture.Password));

        await RotateAsync(function, "second");
        Assert.Equal("orders_app", secrets.Current.Username);
        Assert.NotEqual(StoreFixture.Password, secrets.Current.Password);
        await MayReadOrdersAsync(database, secrets.Current);
        await MayReadOrdersAsync(database, secrets.Previous);
    }

    [Fact]
    public async Task Each_step_may_come_twice()
    {
        await using var database = await StoreFixture.NewDatabaseAsync();
        await using var migrator = await store.MigratorAsync(database);
        await migrator.InvokeAsync("""{"database":"orders","region":"us-east-1"}""");
        await using var secrets = await RotatingSecret.StartAsync("orders_app", StoreFixture.Password);
        await using var function = await RotatorAsync(database, secrets);

        foreach (var step in (string[])["createSecret", "createSecret", "setSecret", "setSecret", "testSecret", "testSecret", "finishSecret", "finishSecret"])
        {
            await StepAsync(function, step, "once");
        }

        Assert.Equal("orders_app_b", secrets.Current.Username);
        await MayReadOrdersAsync(database, secrets.Current);
    }

    [Fact]
    public async Task A_step_out_of_turn_is_refused_and_changes_nothing()
    {
        await using var secrets = await RotatingSecret.StartAsync("orders_app", StoreFixture.Password);
        await using var function = await RotatorAsync(store.Database, secrets);

        var result = await function.InvokeAsync("""{"Step":"setSecret","SecretId":"shop-orders-app","ClientRequestToken":"never-created"}""");

        Assert.True(result.IsError);
        Assert.Contains("createSecret comes first", Encoding.UTF8.GetString(result.Payload.Span), StringComparison.Ordinal);
        Assert.Equal("orders_app", secrets.Current.Username);
    }

    private Task<FunctionDriver> RotatorAsync(Shop.Rehearsal.Engines.MariaDbServer database, RotatingSecret secrets) => FunctionDriver.StartAsync(
        (api, stop) => MigratorFunction.RunAsync(api, store.With(("DB_WRITER_ENDPOINT", $"127.0.0.1:{database.Port}"), ("DB_NAME", "orders"), ("_HANDLER", "RotateLogin"),
            ("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.Url)), stop));

    private static async Task RotateAsync(FunctionDriver function, string token)
    {
        foreach (var step in (string[])["createSecret", "setSecret", "testSecret", "finishSecret"])
        {
            await StepAsync(function, step, token);
        }
    }

    private static async Task StepAsync(FunctionDriver function, string step, string token)
    {
        var result = await function.InvokeAsync($$"""{"Step":"{{step}}","SecretId":"shop-orders-app","ClientRequestToken":"{{token}}"}""");
        Assert.False(result.IsError, Encoding.UTF8.GetString(result.Payload.Span));
    }

    private static async Task MayReadOrdersAsync(Shop.Rehearsal.Engines.MariaDbServer database, (string Username, string Password) login)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1", Port = (uint)database.Port, UserID = login.Username, Password = login.Password, Database = "orders", SslMode = MySqlSslMode.None, Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new MySqlCommand("SELECT COUNT(*) FROM customer_order", connection);
        await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>One secret with versions and stages as Secrets Manager keeps them; the administrator's beside it.</summary>
    private sealed class RotatingSecret : IAsyncDisposable
    {
        private readonly Dictionary<string, string> _values = [];
        private readonly Dictionary<string, string> _stages = [];
        private WebApplication? _server;

        public string Url => _server!.Urls.Single();

        public (string Username, string Password) Current => Login("AWSCURRENT");

        public (string Username, string Password) Previous => Login("AWSPREVIOUS");

        public static async Task<RotatingSecret> StartAsync(string username, string password)
        {
            var secret = new RotatingSecret();
            secret._values["initial"] = new JsonObject { ["username"] = username, ["password"] = password }.ToJsonString();
            secret._stages["AWSCURRENT"] = "initial";
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            secret._server = builder.Build();
            secret._server.MapPost("/", secret.AnswerAsync);
            await secret._server.StartAsync();
            return secret;
        }

        public async ValueTask DisposeAsync()
        {
            await _server!.StopAsync();
            await _server.DisposeAsync();
        }

        private async Task AnswerAsync(HttpContext context)
        {
            var input = (await JsonNode.ParseAsync(context.Request.Body))!;
            var answer = context.Request.Headers["X-Amz-Target"].ToString().Split('.')[1] switch
            {
                "GetSecretValue" => Get(input),
                "DescribeSecret" => new JsonObject { ["VersionIdsToStages"] = new JsonObject(_values.Keys.Select(v => KeyValuePair.Create(v, (JsonNode?)StagesOf(v)))) },
                "PutSecretValue" => Put(input),
                "UpdateSecretVersionStage" => Move(input),
                var other => throw new InvalidOperationException(other),
            };
            context.Response.StatusCode = answer is null ? 400 : 200;
            await context.Response.WriteAsync((answer ?? new JsonObject { ["__type"] = "ResourceNotFoundException" }).ToJsonString());
        }

        private JsonObject? Get(JsonNode input)
        {
            if (input["SecretId"]!.ToString().EndsWith("-admin", StringComparison.Ordinal))
            {
                return new JsonObject { ["SecretString"] = new JsonObject { ["username"] = "admin", ["password"] = StoreFixture.Password }.ToJsonString() };
            }

            var version = _stages.GetValueOrDefault(input["VersionStage"]?.ToString() ?? "AWSCURRENT");
            return version is null || (input["VersionId"] is { } wanted && wanted.ToString() != version) ? null : new JsonObject { ["SecretString"] = _values[version] };
        }

        private JsonObject Put(JsonNode input)
        {
            var version = input["ClientRequestToken"]!.ToString();
            _values[version] = input["SecretString"]!.ToString();
            _stages[input["VersionStages"]![0]!.ToString()] = version;
            return [];
        }

        private JsonObject Move(JsonNode input)
        {
            Assert.Equal(_stages["AWSCURRENT"], input["RemoveFromVersionId"]!.ToString());
            _stages["AWSPREVIOUS"] = _stages["AWSCURRENT"];
            _stages["AWSCURRENT"] = input["MoveToVersionId"]!.ToString();
            return [];
        }

        private JsonArray StagesOf(string version) => new([.. _stages.Where(s => s.Value == version).Select(s => (JsonNode?)s.Key)]);

        private (string Username, string Password) Login(string stage)
        {
            using var value = JsonDocument.Parse(_values[_stages[stage]]);
            return (value.RootElement.GetProperty("username").GetString()!, value.RootElement.GetProperty("password").GetString()!);
        }
    }
}
