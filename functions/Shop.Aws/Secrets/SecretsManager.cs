using System.Collections.Concurrent;
using System.Text.Json;

namespace Shop.Aws.Secrets;

/// <summary>Secrets of AWS Secrets Manager, remembered for five minutes. When it can't be reached, an older value is better than none.</summary>
public sealed class SecretsManager(AwsClient aws, TimeProvider time) : ISecrets
{
    private const int Attempts = 3;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, Remembered> _secrets = new(StringComparer.Ordinal);

    public async Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default)
    {
        var known = _secrets.GetValueOrDefault(secretId);
        if (!refresh && known is not null && time.GetElapsedTime(known.At) < Lifetime)
        {
            return known.Secret;
        }

        try
        {
            var secret = await FetchAsync(secretId, cancellationToken);
            _secrets[secretId] = new Remembered(secret, time.GetTimestamp());
            return secret;
        }
        catch (AwsException e) when (e.IsTransient && known is not null && !refresh)
        {
            return known.Secret;
        }
    }

    private async Task<Secret> FetchAsync(string secretId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await aws.JsonAsync(AwsService.SecretsManager, "GetSecretValue", Request(secretId), cancellationToken: cancellationToken);
                return Parse(secretId, answer);
            }
            catch (AwsException e) when (e.IsTransient && attempt < Attempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), time, cancellationToken);
            }
        }
    }

    private static byte[] Request(string secretId)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("SecretId", secretId);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static Secret Parse(string secretId, JsonElement answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.GetProperty("SecretString").GetString()!);
            var secret = document.RootElement;
            return new Secret(secret.GetProperty("username").GetString()!, secret.GetProperty("password").GetString()!);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            // Without the inner exception: a JSON error quotes its input, here a password.
            throw new AwsException("InvalidSecret", $"Secret {secretId} is not JSON with \"username\" and \"password\".", 0);
        }
    }

    private sealed record Remembered(Secret Secret, long At);
}
