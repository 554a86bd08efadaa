using System.Security.Cryptography;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.SecretsManager;

/// <summary>The secrets of one Region, in memory: each with its current and its previous value.</summary>
public sealed class SecretStore(string region, TimeProvider? time = null)
{
    public const string Current = "AWSCURRENT";
    public const string Previous = "AWSPREVIOUS";
    private const string Account = "000000000000";
    private const int SuffixLength = 6;

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, StoredSecret> _secrets = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <exception cref="AwsServiceException">ResourceExistsException.</exception>
    public StoredSecret Create(string name, string value)
    {
        lock (_lock)
        {
            if (_secrets.ContainsKey(name))
            {
                throw new AwsServiceException(
                    "ResourceExistsException", $"The operation failed because the secret {name} already exists.");
            }

            var suffix = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", SuffixLength);
            var arn = $"arn:aws:secretsmanager:{region}:{Account}:secret:{name}-{suffix}";
            return _secrets[name] = new StoredSecret(arn, name, _time.GetUtcNow(), NewVersion(value), null);
        }
    }

    /// <summary>Makes <paramref name="value"/> the current one; what was current becomes the previous one.</summary>
    /// <exception cref="AwsServiceException">ResourceNotFoundException.</exception>
    public StoredSecret Put(string secretId, string value)
    {
        lock (_lock)
        {
            var secret = Find(secretId);
            return _secrets[secret.Name] = secret with { Current = NewVersion(value), Previous = secret.Current };
        }
    }

    /// <summary>For the host, which sets its secrets up at each start.</summary>
    public StoredSecret CreateOrPut(string name, string value)
    {
        lock (_lock)
        {
            return _secrets.ContainsKey(name) ? Put(name, value) : Create(name, value);
        }
    }

    /// <exception cref="AwsServiceException">ResourceNotFoundException.</exception>
    public StoredSecret Get(string secretId)
    {
        lock (_lock)
        {
            return Find(secretId);
        }
    }

    // A secret goes by its name, its ARN, or its ARN without the random suffix.
    private StoredSecret Find(string secretId) =>
        _secrets.GetValueOrDefault(secretId)
        ?? _secrets.Values.FirstOrDefault(s => s.Arn == secretId || s.Arn[..^(SuffixLength + 1)] == secretId)
        ?? throw new AwsServiceException("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");

    private SecretVersion NewVersion(string value) => new(Guid.CreateVersion7().ToString(), value, _time.GetUtcNow());
}
