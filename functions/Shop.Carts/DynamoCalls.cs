using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Shop.Lambda;

namespace Shop.Carts;

/// <summary>Makes the client, and turns what it throws into <see cref="DependencyUnavailableException"/> where the table is not at hand.</summary>
internal static class DynamoCalls
{
    public static AmazonDynamoDBClient CreateClient(CartOptions options)
    {
        var config = new AmazonDynamoDBConfig
        {
            // A shopper waits: 3 attempts of 2 s at most, then a clear 503 that the caller may repeat.
            ConnectTimeout = TimeSpan.FromSeconds(2),
            Timeout = TimeSpan.FromSeconds(2),
            MaxErrorRetry = 2,
            RetryMode = RequestRetryMode.Standard,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        return new AmazonDynamoDBClient(options.Credentials, config);
    }

    public static async Task<T> Reached<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsUnavailable(e))
        {
            throw new DependencyUnavailableException("dynamodb", $"The carts table did not answer: {e.Message}", e);
        }
    }

    // ValidationException is left out on purpose: it is an error of this program and must show as one.
    private static bool IsUnavailable(Exception e) => e switch
    {
        AmazonServiceException s => (int)s.StatusCode is 0 or >= 500 || IsRefusal(s.ErrorCode),
        AmazonClientException or HttpRequestException or IOException or OperationCanceledException or TimeoutException => true,
        _ => false,
    };

    private static bool IsRefusal(string? code) => code is
        "ProvisionedThroughputExceededException" or "ThrottlingException" or "RequestLimitExceeded" or "ResourceNotFoundException"
        or "ResourceInUseException" or "LimitExceededException" or "TransactionConflictException" or "ReplicatedWriteConflictException"
        or "ExpiredTokenException" or "UnrecognizedClientException" or "AccessDeniedException";
}
