using Microsoft.Extensions.Configuration;
using MySqlConnector;

namespace Shop.Databases;

/// <summary>Where a service's database is and who it is there. The writer follows the writing Region, the reader stays in this one.</summary>
public sealed record DatabaseOptions
{
    public required DatabaseEndpoint Writer { get; init; }
    public required DatabaseEndpoint Reader { get; init; }

    /// <summary>The default database of each connection; empty for a migration, which creates it.</summary>
    public required string Name { get; init; }

    public required string SecretId { get; init; }
    public MySqlSslMode SslMode { get; init; } = MySqlSslMode.VerifyFull;
    public string? SslCa { get; init; }

    /// <summary>The longest that a caller waits for a connection and all statements on it together; null for migrations, which take their time.</summary>
    public TimeSpan? OperationLimit { get; init; } = TimeSpan.FromSeconds(8);

    public static DatabaseOptions From(IConfiguration environment)
    {
        var writer = DatabaseEndpoint.Parse("DB_WRITER_ENDPOINT", Required(environment, "DB_WRITER_ENDPOINT"));
        return new DatabaseOptions
        {
            Writer = writer,
            Reader = environment["DB_READER_ENDPOINT"] is { Length: > 0 } reader ? DatabaseEndpoint.Parse("DB_READER_ENDPOINT", reader) : writer,
            Name = Required(environment, "DB_NAME"),
            SecretId = Required(environment, "DB_SECRET_ID"),
            SslMode = ParseSslMode(environment["DB_SSL_MODE"]),
            SslCa = environment["DB_SSL_CA"],
        };
    }

    public static MySqlSslMode ParseSslMode(string? mode) => mode switch
    {
        null or "" or "VerifyFull" => MySqlSslMode.VerifyFull,
        "None" => MySqlSslMode.None,
        _ => throw new InvalidOperationException($"DB_SSL_MODE is '{mode}'; expected VerifyFull or None."),
    };

    private static string Required(IConfiguration environment, string variable) =>
        environment[variable] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{variable} is not set.");
}
