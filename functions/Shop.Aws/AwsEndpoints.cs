namespace Shop.Aws;

/// <summary>Finds a service's endpoint: <c>AWS_ENDPOINT_URL_&lt;SERVICE&gt;</c>, then <c>AWS_ENDPOINT_URL</c>, then the Region's public one.</summary>
/// <remarks>The overrides speak for this process's own Region only; a call to another Region goes to its public endpoint unless it names one.</remarks>
public sealed class AwsEndpoints(Func<string, string?> variable)
{
    public string Region { get; } = variable("AWS_REGION") is { Length: > 0 } region
        ? region
        : throw new InvalidOperationException("AWS_REGION is not set.");

    public Uri Resolve(AwsService service, string? region = null)
    {
        var isHere = region is null || region == Region;
        return isHere && Override(service) is { } url ? url : new Uri($"https://{service.HostPrefix}.{region ?? Region}.amazonaws.com/");
    }

    private Uri? Override(AwsService service) =>
        new[] { $"AWS_ENDPOINT_URL_{service.EndpointVariable}", "AWS_ENDPOINT_URL" }
            .Select(variable)
            .FirstOrDefault(u => !string.IsNullOrEmpty(u)) is { } url ? new Uri(url) : null;
}
