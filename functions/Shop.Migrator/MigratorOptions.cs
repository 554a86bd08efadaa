using Microsoft.Extensions.Configuration;
using MySqlConnector;
using Shop.Databases;

namespace Shop.Migrator;

/// <summary>Where the writer is. The secrets default to <c>shop-&lt;database&gt;-admin</c> and <c>shop-&lt;database&gt;-app</c>.</summary>
public sealed record MigratorOptions(DatabaseEndpoint Writer, string? AdminSecretId, string? AppSecretId, MySqlSslMode SslMode, string? SslCa, string Region, string? Database)
{
    public static MigratorOptions From(IConfiguration environment) => new(
        DatabaseEndpoint.Parse("DB_WRITER_ENDPOINT", environment["DB_WRITER_ENDPOINT"] ?? ""),
        Optional(environment["DB_SECRET_ID"]),
        Optional(environment["DB_APP_SECRET_ID"]),
        DatabaseOptions.ParseSslMode(environment["DB_SSL_MODE"]),
        Optional(environment["DB_SSL_CA"]),
        environment["AWS_REGION"] is { Length: > 0 } region ? region : throw new InvalidOperationException("AWS_REGION is not set."),
        Optional(environment["DB_NAME"]));

    public DatabaseOptions AdminOf(string database) => new()
    {
        Writer = Writer,
        Reader = Writer,
        Name = "",
        SecretId = AdminSecretId ?? $"shop-{database}-admin",
        SslMode = SslMode,
        SslCa = SslCa,
        OperationLimit = null,
    };

    public string AppSecretOf(string database) => AppSecretId ?? $"shop-{database}-app";

    private static string? Optional(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
