using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shop.Aws;
using Shop.Aws.Secrets;
using Shop.Databases;
using Shop.Databases.Schema;
using Shop.Lambda;

namespace Shop.Migrator;

/// <summary>
/// Rotates a service's login between two users, <c>orders_app</c> and <c>orders_app_b</c>: the one that rests gets a new password and becomes the current
/// one. The other keeps its password until the next turn, so a function that still uses it is not refused.
/// </summary>
internal sealed class LoginRotation(MigratorOptions options, AwsClient aws, ISecrets secrets)
{
    private const string Second = "_b";
    private const string Current = "AWSCURRENT";
    private const string Pending = "AWSPENDING";

    public async Task<RotateResult> RunAsync(RotateRequest request, CancellationToken cancellationToken) => request.Step switch
    {
        "createSecret" => new(request.Step, await CreateAsync(request, cancellationToken)),
        "setSecret" => new(request.Step, await SetAsync(request, cancellationToken)),
        "testSecret" => new(request.Step, await TestAsync(request, cancellationToken)),
        "finishSecret" => new(request.Step, await FinishAsync(request, cancellationToken)),
        _ => throw new ShopException("Shop.InvalidInput", $"Step is '{request.Step}'; expected createSecret, setSecret, testSecret or finishSecret."),
    };

    private string Database => options.Database is { } name ? name : throw new ShopException("Shop.NotConfigured", "DB_NAME is not set.");

    private async Task<bool> CreateAsync(RotateRequest request, CancellationToken cancellationToken)
    {
        if ((await StagesAsync(request, cancellationToken)).TryGetValue(request.Token, out var stages) && stages.Contains(Pending)
            && await FindAsync(request, Pending, request.Token, cancellationToken) is not null)
        {
            return false;
        }

        var current = await FindAsync(request, Current, null, cancellationToken)
            ?? throw new ShopException("Shop.InvalidInput", $"{request.SecretId} has no current login to take turns with.");
        var next = current.Username.EndsWith(Second, StringComparison.Ordinal) ? current.Username[..^Second.Length] : current.Username + Second;
        await aws.JsonAsync(AwsService.SecretsManager, "PutSecretValue", Request(request, w =>
        {
            w.WriteString("ClientRequestToken", request.Token);
            w.WriteString("SecretString", ToJson(new Secret(next, RandomNumberGenerator.GetHexString(32, lowercase: true))));
            w.WriteStartArray("VersionStages");
            w.WriteStringValue(Pending);
            w.WriteEndArray();
        }), cancellationToken: cancellationToken);
        return true;
    }

    private async Task<bool> SetAsync(RotateRequest request, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(request, cancellationToken);
        await using var admin = new MySqlDatabase(options.AdminOf(Database), secrets, TimeProvider.System);
        await new DatabaseSetup(admin).GrantAsync(Database, pending, cancellationToken);
        return true;
    }

    private async Task<bool> TestAsync(RotateRequest request, CancellationToken cancellationToken)
    {
        var pending = await PendingAsync(request, cancellationToken);
        await using var service = new MySqlDatabase(options.AdminOf(Database) with { Name = Database }, new OneSecret(pending), TimeProvider.System);
        await service.WriteAsync(async (connection, cancel) =>
        {
            await using var command = new MySqlConnector.MySqlCommand("SELECT COUNT(*) FROM schema_version", connection);
            await command.ExecuteScalarAsync(cancel);
            return true;
        }, cancellationToken);
        return false;
    }

    private async Task<bool> FinishAsync(RotateRequest request, CancellationToken cancellationToken)
    {
        var versions = await StagesAsync(request, cancellationToken);
        var current = versions.FirstOrDefault(v => v.Value.Contains(Current)).Key;
        if (current == request.Token)
        {
            return false;
        }

        await aws.JsonAsync(AwsService.SecretsManager, "UpdateSecretVersionStage", Request(request, w =>
        {
            w.WriteString("VersionStage", Current);
            w.WriteString("MoveToVersionId", request.Token);
            if (current is not null)
            {
                w.WriteString("RemoveFromVersionId", current);
            }
        }), cancellationToken: cancellationToken);
        return true;
    }

    private async Task<Secret> PendingAsync(RotateRequest request, CancellationToken cancellationToken) =>
        await FindAsync(request, Pending, request.Token, cancellationToken)
            ?? throw new ShopException("Shop.InvalidInput", $"{request.SecretId} has no pending login of this rotation: createSecret comes first.");

    private async Task<Secret?> FindAsync(RotateRequest request, string stage, string? version, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await aws.JsonAsync(AwsService.SecretsManager, "GetSecretValue", Request(request, w =>
            {
                w.WriteString("VersionStage", stage);
                if (version is not null)
                {
                    w.WriteString("VersionId", version);
                }
            }), cancellationToken: cancellationToken);
            using var value = JsonDocument.Parse(answer.GetProperty("SecretString").GetString()!);
            return new Secret(value.RootElement.GetProperty("username").GetString()!, value.RootElement.GetProperty("password").GetString()!);
        }
        catch (AwsException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            return null;
        }
    }

    private async Task<Dictionary<string, string[]>> StagesAsync(RotateRequest request, CancellationToken cancellationToken)
    {
        var answer = await aws.JsonAsync(AwsService.SecretsManager, "DescribeSecret", Request(request, _ => { }), cancellationToken: cancellationToken);
        return answer.TryGetProperty("VersionIdsToStages", out var versions)
            ? versions.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.EnumerateArray().Select(s => s.GetString()!).ToArray())
            : [];
    }

    private static byte[] Request(RotateRequest request, Action<Utf8JsonWriter> write) => JsonBody.Of(w =>
    {
        w.WriteString("SecretId", request.SecretId);
        write(w);
    });

    private static string ToJson(Secret secret) => Encoding.UTF8.GetString(JsonBody.Of(w =>
    {
        w.WriteString("username", secret.Username);
        w.WriteString("password", secret.Password);
    }));

    private sealed class OneSecret(Secret secret) : ISecrets
    {
        public Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default) => Task.FromResult(secret);
    }
}
