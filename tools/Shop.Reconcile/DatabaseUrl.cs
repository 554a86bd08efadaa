using MySqlConnector;
using Shop.Aws.Secrets;
using Shop.Reconciliation.Databases;

namespace Shop.Reconcile;

/// <summary>A database as people write it: <c>mysql://user:password@host:port/database</c>.</summary>
internal sealed record DatabaseUrl(DatabaseEndpoint Endpoint, string User, string Password)
{
    /// <param name="side"><c>source</c> or <c>target</c>: the password may be in SHOP_RECONCILE_&lt;SIDE&gt;_PASSWORD.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="variable">Reads the environment.</param>
    public static DatabaseUrl Parse(string side, string text, Func<string, string?> variable)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("mysql" or "mariadb") || url.AbsolutePath.Trim('/').Length == 0)
        {
            // Not repeated: it may hold a password.
            throw new UsageException($"--{side} is not of the form mysql://user@host:port/database.");
        }

        var parts = url.UserInfo.Split(':', 2);
        var password = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : variable($"SHOP_RECONCILE_{side.ToUpperInvariant()}_PASSWORD") ?? "";
        return new(
            new(url.Host, url.Port > 0 ? url.Port : 3306, Uri.UnescapeDataString(url.AbsolutePath.Trim('/')), side),
            Uri.UnescapeDataString(parts[0]), password);
    }

    /// <summary>Without the password, for people and files.</summary>
    public override string ToString() => $"mysql://{Uri.EscapeDataString(User)}@{Endpoint.Host}:{Endpoint.Port}/{Uri.EscapeDataString(Endpoint.Database)}";

    public static MySqlSslMode Tls(string? text) => text?.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        null or "PREFERRED" => MySqlSslMode.Preferred,
        "NONE" => MySqlSslMode.None,
        "REQUIRED" => MySqlSslMode.Required,
        "VERIFYCA" => MySqlSslMode.VerifyCA,
        "VERIFYFULL" => MySqlSslMode.VerifyFull,
        _ => throw new UsageException($"--tls is '{text}', expected none, preferred, required, verify-ca or verify-full."),
    };
}

/// <summary>The passwords of the two sides, by their names.</summary>
internal sealed class GivenSecrets(params IReadOnlyList<DatabaseUrl> urls) : ISecrets
{
    public Task<Secret> GetAsync(string secretId, bool refresh = false, CancellationToken cancellationToken = default)
    {
        var url = urls.First(u => u.Endpoint.SecretId == secretId);
        return Task.FromResult(new Secret(url.User, url.Password));
    }
}
