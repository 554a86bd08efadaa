using MySqlConnector;

namespace Shop.Reconciliation;

/// <summary>What the tasks take from the environment.</summary>
internal sealed record ReconciliationOptions(
    string ReportBucket, string Region, Uri? S3Endpoint, Uri? PeerRdsEndpoint, MySqlSslMode SslMode, string? SslCa)
{
    public static ReconciliationOptions Read(Func<string, string?> variable) => new(
        Required(variable, "REPORT_BUCKET"),
        Required(variable, "AWS_REGION"),
        Url(variable, "AWS_ENDPOINT_URL_S3"),
        Url(variable, "PEER_RDS_ENDPOINT"),
        Enum.TryParse<MySqlSslMode>(variable("DB_SSL_MODE") ?? nameof(MySqlSslMode.VerifyFull), out var mode)
            ? mode
            : throw new InvalidOperationException($"DB_SSL_MODE is '{variable("DB_SSL_MODE")}', expected None, Required, VerifyCA or VerifyFull."),
        variable("DB_SSL_CA"));

    private static string Required(Func<string, string?> variable, string name) =>
        variable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"{name} is not set.");

    private static Uri? Url(Func<string, string?> variable, string name) => variable(name) switch
    {
        null or "" => null,
        { } text when Uri.TryCreate(text, UriKind.Absolute, out var url) => url,
        { } text => throw new InvalidOperationException($"{name} is '{text}', expected an absolute URL."),
    };
}
