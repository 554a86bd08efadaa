using Amazon.Runtime;
using Shop.Lambda;

namespace Shop.Carts;

/// <summary>Where the carts are.</summary>
internal sealed record CartOptions(string Region, string Table, Uri? Endpoint, AWSCredentials Credentials)
{
    public static CartOptions From(FunctionEnvironment environment) => new(
        Required(environment, "AWS_REGION"),
        environment["CARTS_TABLE"] ?? "carts",
        (environment["AWS_ENDPOINT_URL_DYNAMODB"] ?? environment["AWS_ENDPOINT_URL"]) is { } url ? ParseUrl(url) : null,
        environment["AWS_SESSION_TOKEN"] is { } token
            ? new SessionAWSCredentials(Required(environment, "AWS_ACCESS_KEY_ID"), Required(environment, "AWS_SECRET_ACCESS_KEY"), token)
            : new BasicAWSCredentials(Required(environment, "AWS_ACCESS_KEY_ID"), Required(environment, "AWS_SECRET_ACCESS_KEY")));

    private static Uri ParseUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new InvalidOperationException($"The DynamoDB endpoint is not a URL: {url}");

    private static string Required(FunctionEnvironment environment, string name) =>
        environment[name] ?? throw new InvalidOperationException($"{name} is not set.");
}
